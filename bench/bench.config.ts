import { defineConfig, none, source } from 'hooklane';

const open = () => source({ verify: none(), id: 'id', type: 'type', lane: 'entity' });

export default defineConfig({ sources: { bench: open(), other: open(), failing: open() } });
