import { defineConfig, none, source } from 'hooklane';

const open = () => source({ verify: none(), id: 'id', type: 'type', lane: 'entity' });

const both = { crm: {}, ledger: { onExhausted: 'hold' } } as const;

/** A source whose events one subscriber has, and two with another one beside it. */
export default defineConfig({
  sources: { warm: open(), alone: open(), beside: open() },
  subscribers: { warm: both, alone: { crm: {} }, beside: both },
});
