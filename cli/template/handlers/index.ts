import { defineHandlers } from 'hooklane';
import config from '../hooklane.config.ts';

export default defineHandlers(config, {
  'github/*': async (event, ctx) => {
    const repository = event.body.repository?.full_name ?? 'none';
    // Commits together with the event's `processed` entry, or not at all.
    ctx.transact([
      {
        Put: {
          TableName: process.env['DELIVERIES_TABLE'],
          Item: { repository, delivery: event.eventId, type: event.type },
        },
      },
    ]);
    return { repository };
  },
});
