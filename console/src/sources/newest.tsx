import Link from '@cloudscape-design/components/link';
import { eventHref, listHref } from '../address.ts';
import type { Source } from '../api/wire.ts';
import { Time } from '../words/time.tsx';

type Newest = NonNullable<Source['unfinished']>[number];

const looksBack: Readonly<Record<Newest, string>> = {
  lastEvent: '30 days',
  lastRefusal: 'seven days',
  lastHandshake: 'seven days',
};

/** There is none in so long; or there may be one, which was not found in the time that a page takes. A subscriber is sent nothing that could be refused. */
function none({ unfinished = [], subscriberOf }: Source, what: Newest): string {
  if (subscriberOf !== undefined && what !== 'lastEvent') return `as of ${subscriberOf}`;
  return unfinished.includes(what) ? 'not found in time' : `none in ${looksBack[what]}`;
}

interface Props {
  readonly source: Source;
}

export function LastEvent({ source }: Props) {
  const { lastEvent } = source;
  if (lastEvent === undefined) return none(source, 'lastEvent');
  return (
    <Link href={eventHref(source.source, lastEvent.eventId)}>
      <Time at={lastEvent.acceptedAt} isRelative />
    </Link>
  );
}

export function LastRefusal({ source }: Props) {
  const { lastRefusal } = source;
  if (lastRefusal === undefined) return none(source, 'lastRefusal');
  return (
    <>
      <Link href={listHref('rejections', { source: source.source })}>{lastRefusal.cause}</Link>{' '}
      <Time at={lastRefusal.at} isRelative />
    </>
  );
}

export function LastHandshake({ source }: Props) {
  const { lastHandshake } = source;
  return lastHandshake === undefined ? none(source, 'lastHandshake') : <Time at={lastHandshake} isRelative />;
}
