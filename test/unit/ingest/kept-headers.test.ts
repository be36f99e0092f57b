import { expect, it } from 'vitest';
import { keptHeaders } from '../../../functions/ingest/kept-headers.ts';

it('keeps what says something about the event', () => {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/1',
    'x-github-event': 'push',
    'x-hub-signature-256': 'sha256=00',
    'x-correlation-id': 'c-1',
  };

  expect(keptHeaders(headers)).toEqual(headers);
});

it('keeps no credentials and no transport noise', () => {
  const headers = {
    authorization: 'Bearer s3cret',
    'proxy-authorization': 'Basic s3cret',
    cookie: 'session=s3cret',
    'x-api-key': 's3cret',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-proto': 'https',
    'x-amzn-trace-id': 'Root=1',
    via: '1.1 proxy',
    host: 'localhost',
    connection: 'close',
    'content-length': '2',
    accept: '*/*',
    'accept-encoding': 'gzip',
  };

  expect(keptHeaders(headers)).toEqual({});
});

it('keeps no header whose value is itself the secret of its source', () => {
  const kept = keptHeaders({ 'x-gitlab-token': 's3cret', 'x-gitlab-event': 'Push Hook' }, ['x-gitlab-token']);

  expect(kept).toEqual({ 'x-gitlab-event': 'Push Hook' });
});

it('drops the longest headers first where they are too many bytes', () => {
  const huge = 'ü'.repeat(2600);

  const kept = keptHeaders({ 'x-huge': huge, 'x-big': 'x'.repeat(3000), 'x-event': 'paid', 'x-more': huge });

  expect(Object.keys(kept).sort()).toEqual(['x-big', 'x-event']);
});
