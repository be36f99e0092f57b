import { form, type Happenings } from '../happenings.ts';

const dropboxSign = (signature: string) =>
  form({
    json: JSON.stringify({
      event: {
        event_time: '1',
        event_type: 'signature_request_viewed',
        event_hash: 'h',
        event_metadata: { related_signature_id: signature },
      },
      signature_request: { signature_request_id: 'r' },
    }),
  });

export const dropboxSignHappenings: Happenings = {
  id: '`event_hash`, request and signer',
  differ: 'kind and second (in the hash), the request and the signer',
  repeats: 'the same signer does the same twice within one second',
  first: dropboxSign('a'),
  second: dropboxSign('b'),
  sameLane: [dropboxSign('c')],
};
