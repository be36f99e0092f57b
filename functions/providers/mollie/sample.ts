import { mollie } from './preset.ts';
import type { Sample } from '../sample.ts';

export const mollieSample: Sample = {
  source: mollie(),
  key: { secret: '' },
  covers: 'nothing',
  request: () => ({ body: 'id=tr_d0b0E3EA3v', contentType: 'application/x-www-form-urlencoded' }),
  sign: (request) => request,
  events: [{ type: 'mollie', lane: 'tr_d0b0E3EA3v' }],
};
