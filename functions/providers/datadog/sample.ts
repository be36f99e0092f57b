import { datadog } from './preset.ts';
import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';

export const datadogSample: Sample = {
  source: datadog(),
  key: { secret: 'A token of your own' },
  covers: 'nothing',
  request: () => ({
    body: JSON.stringify({
      id: '7041828399124356101',
      transition: 'Triggered',
      updated: '1772366400000',
      monitor: '45001',
      title: '[Triggered] CPU',
    }),
  }),
  sign: (request, { secret }) => withHeader(request, 'authorization', `Bearer ${secret}`),
  events: [{ eventId: '7041828399124356101/Triggered/1772366400000', type: 'Triggered', lane: '45001' }],
};
