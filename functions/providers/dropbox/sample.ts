import { dropbox } from './preset.ts';
import type { Sample } from '../sample.ts';

export const dropboxSample: Sample = {
  source: dropbox(),
  key: { secret: 'p5kp9sbcmq3xk7z' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      list_folder: { accounts: ['dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc', 'dbid:AAGLhSFPJ2nn4wnqkZ'] },
      delta: { users: [12345678, 23456789] },
    }),
  }),
  events: [
    { type: 'dropbox', lane: 'dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc' },
    { type: 'dropbox', lane: 'dbid:AAGLhSFPJ2nn4wnqkZ' },
  ],
};
