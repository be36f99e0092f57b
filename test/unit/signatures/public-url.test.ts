import { expect, it } from 'vitest';
import { decoded, publicUrlOf, withoutPort, withPort } from '../../../functions/signatures/public-url.ts';
import { aRequest } from '../../support/a-request.ts';

it.each([
  ['https://a.example/x', '', 'https://a.example/x'],
  ['https://a.example/x?b=1', '', 'https://a.example/x?b=1'],
  ['https://a.example/x', 'c=2', 'https://a.example/x?c=2'],
  ['https://a.example/x?b=1', 'b=1&c=2', 'https://a.example/x?b=1&c=2'],
  ['https://a.example/x?b=1?d\ne', 'c=$&$1', 'https://a.example/x?c=$&$1'],
])('takes the registered address %s with the query %j as it came', (publicUrl, rawQuery, expected) => {
  expect(publicUrlOf(aRequest({ publicUrl, rawQuery }))).toBe(expected);
});

it('makes up no address', () => {
  expect(publicUrlOf(aRequest({ headers: { host: 'a.example' } }))).toBeUndefined();
  expect(publicUrlOf(aRequest({ rawQuery: 'a=1' }))).toBeUndefined();
});

it.each([
  ['https://a.example/x', 'https://a.example:443/x'],
  ['http://a.example', 'http://a.example:80'],
  ['https://a.example:8443/x', 'https://a.example:8443/x'],
  ['https://a.example:8443', 'https://a.example:8443'],
  ['https://a.example:8443a/', 'https://a.example:8443a:443/'],
  ['https://a.example#:1', 'https://a.example:443#:1'],
  ['x http://a.example/', 'x http://a.example/'],
  ['https://[::1]/x?y=http://b:9', 'https://[::1]:443/x?y=http://b:9'],
])('spells out the port of %s', (url, expected) => {
  expect(withPort(url)).toBe(expected);
});

it.each([
  ['https://a.example:443/x', 'https://a.example/x'],
  ['https://a.example:8443?x', 'https://a.example?x'],
  ['https://a.example/x:443', 'https://a.example/x:443'],
  ['https://[::1]:443/', 'https://[::1]/'],
])('leaves out the port of %s', (url, expected) => {
  expect(withoutPort(url)).toBe(expected);
});

it('undoes only the escapes that HubSpot names', () => {
  const named = '%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B';

  expect(decoded(`https://a.example/${named}`)).toBe("https://a.example/:/?@!$'()*,;");
  expect(decoded('https://a.example/x%3ay%20z?q=%2F%25')).toBe('https://a.example/x:y%20z?q=/%25');
});

it.each(['', 'here', 'ftp://a.example:21/x', '//a.example:1'])(
  'leaves what is no web address as it is: %j',
  (url) => {
    expect([withPort(url), withoutPort(url)]).toEqual([url, url]);
  },
);

it.each([
  ['http://a.example:80', 'http://a.example'],
  ['http://a.example:80#x', 'http://a.example#x'],
  ['x http://a.example:80/', 'x http://a.example:80/'],
  ['https://a.example:80a/', 'https://a.example:80a/'],
])('takes the port out of %s only where one stands', (url, expected) => {
  expect(withoutPort(url)).toBe(expected);
});

it('makes nothing of no address', () => {
  expect([withPort(undefined), withoutPort(undefined), decoded(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('puts the query after an address that begins with a question mark too', () => {
  expect(publicUrlOf(aRequest({ publicUrl: '?a', rawQuery: 'b' }))).toBe('?b');
});
