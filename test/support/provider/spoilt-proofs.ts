import { textsAt, type Place } from '../../../functions/signatures/place.ts';
import { viewOf } from '../../../functions/signatures/request-view.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';

/** What proves the sender, where that stands in the body or in the query: left out, changed, and replaced by what is none. */
export function spoiltProofs(
  signed: VerifiableRequest,
  places: readonly Place[],
): { readonly what: string; readonly request: VerifiableRequest }[] {
  return places.flatMap((place) => {
    const text = textsAt(place, viewOf(signed))[0];
    if (text === undefined) throw new Error(`the sample has nothing at ${place}`);
    const spoilt = (what: string, other: string) => ({
      what: `${place} ${what}`,
      request: replaced(signed, place, text, other),
    });
    return [
      { what: `no ${place}`, request: renamed(signed, place) },
      spoilt('empty', ''),
      spoilt('with a character more', `${text}0`),
      spoilt('without its last character', text.slice(0, -1)),
      spoilt('with another last character', text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')),
      spoilt('100 KB long', text + 'a'.repeat(100_000)),
      spoilt('with non-ASCII', `${text}é`),
      spoilt('of non-ASCII', 'é'.repeat(text.length)),
      ...['Infinity', '1e9', '-1', ' 12', 'null', '__proto__'].map((junk) => spoilt(`is ${junk}`, junk)),
    ];
  });
}

function replaced(request: VerifiableRequest, place: Place, text: string, other: string): VerifiableRequest {
  if (place.startsWith('query:')) {
    const rawQuery = request.rawQuery.replace(encodeURIComponent(text), encodeURIComponent(other));
    return { ...request, rawQuery };
  }
  const body = Buffer.from(request.body).toString().replace(JSON.stringify(text), JSON.stringify(other));
  return { ...request, body: Buffer.from(body) };
}

function renamed(request: VerifiableRequest, place: Place): VerifiableRequest {
  const name = place.split(/[:.]/).at(-1) ?? '';
  if (place.startsWith('query:')) return { ...request, rawQuery: request.rawQuery.replace(name, 'other') };
  return { ...request, body: Buffer.from(Buffer.from(request.body).toString().replace(`"${name}"`, '"x"')) };
}
