import { defineConfig, github } from 'hooklane';

export default defineConfig({
  sources: { github: github() },
  // Made by the stack and by the local cloud. Handlers find its name in the variable DELIVERIES_TABLE.
  tables: { deliveries: { partitionKey: 'repository', sortKey: 'delivery' } },
});
