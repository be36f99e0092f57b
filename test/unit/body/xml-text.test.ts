import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { xmlText } from '../../../functions/body/xml-text.ts';

it.each([
  ['<a><b>x</b></a>', ['a', 'b'], 'x'],
  ['<?xml version="1.0"?><!DOCTYPE a><a>\n <b k="v">\n x \n</b></a>', ['a', 'b'], 'x'],
  ['<a><c><b>inner</b></c><b>x</b></a>', ['a', 'b'], 'x'],
  ['<a><c><b>inner</b></c><d><b>y</b></d></a>', ['a', '*', 'b'], 'inner'],
  ['<a><c/><c k="/" /><b>x</b></a>', ['a', 'b'], 'x'],
  ['<a><b>1</b><b>2</b></a>', ['a', 'b'], '1'],
  ['<a><b>&lt;&amp;lt;&gt;&quot;&apos;&copy;</b></a>', ['a', 'b'], `<&lt;>"'&copy;`],
  ['<a><b></b></a>', ['a', 'b'], ''],
  ['<a><b/></a>', ['a', 'b'], undefined],
  ['<a><b>x</b></a>', ['b'], undefined],
  ['<a><b>x</b></a>', ['a', 'c'], undefined],
  ['<constructor>x</constructor>', ['toString'], undefined],
  ['', ['a'], undefined],
])('%j has at %j %j', (xml, path, text) => {
  expect(xmlText(xml, path)).toBe(text);
});

it('throws at nothing, and is soon done with a great deal of it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', 'b', '&', ';', '!', '?', ' ') }),
      (xml) => void xmlText(xml, ['a']),
    ),
  );

  const startedAt = performance.now();
  for (const piece of ['<', '<a', '<a ', '</', '<a>', '&amp', '<!'])
    xmlText(piece.repeat(300_000), ['a', 'b']);

  expect(performance.now() - startedAt).toBeLessThan(5000);
});
