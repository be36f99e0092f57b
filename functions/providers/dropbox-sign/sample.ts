import { createHmac } from 'node:crypto';
import { dropboxSign } from './preset.ts';
import type { Sample } from '../sample.ts';

const event = { event_time: '1772280000', event_type: 'signature_request_signed' };
const boundary = '----------------------------8f1d6a2c0b7e';

const hashed = (secret: string) =>
  createHmac('sha256', secret)
    .update(event.event_time + event.event_type)
    .digest('hex');

/** As Dropbox Sign sends it: JSON in a field of a multipart form. */
function form(hash: string): string {
  const json = JSON.stringify({
    event: {
      ...event,
      event_hash: hash,
      event_metadata: { related_signature_id: 'ad4d8a769b555fa5ef38691465d426682bf2c992' },
    },
    signature_request: {
      signature_request_id: 'fa5c8a0b0f492d768749333ad6fcc214c111e967',
      title: 'Verträge',
    },
  });
  return `--${boundary}\r\nContent-Disposition: form-data; name="json"\r\n\r\n${json}\r\n--${boundary}--\r\n`;
}

const key = { secret: '324e3b0840f065eb51f3fd63231d0d33daa35d4ed10d27718839e81737065b78' };

export const dropboxSignSample: Sample = {
  source: dropboxSign(),
  key,
  covers: 'nothing',
  proof: [
    'form-field:json.event.event_time',
    'form-field:json.event.event_type',
    'form-field:json.event.event_hash',
  ],
  request: () => ({ contentType: `multipart/form-data; boundary=${boundary}`, body: form('') }),
  sign: (request, { secret }) => ({ ...request, body: Buffer.from(form(hashed(secret))) }),
  events: [
    {
      eventId: `${hashed(key.secret)}/fa5c8a0b0f492d768749333ad6fcc214c111e967/ad4d8a769b555fa5ef38691465d426682bf2c992`,
      type: 'signature_request_signed',
      lane: 'fa5c8a0b0f492d768749333ad6fcc214c111e967',
    },
  ],
};
