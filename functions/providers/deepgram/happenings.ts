import { json, type Happenings } from '../happenings.ts';

export const deepgramHappenings: Happenings = {
  id: '`metadata.request_id`',
  differ: 'each request for a transcription has its own, and is answered once',
  first: json({ metadata: { request_id: 'a' } }),
  second: json({ metadata: { request_id: 'b' } }),
};
