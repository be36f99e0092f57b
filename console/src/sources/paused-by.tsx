import Link from '@cloudscape-design/components/link';
import { href } from '../address.ts';
import type { SourceState } from '../api/wire.ts';
import { Time } from '../words/time.tsx';

/** Who paused a source, since when and why; where it is resumed. */
export function PausedBy({
  state: { since, actor, reason },
}: {
  readonly state: Pick<SourceState, 'since' | 'actor' | 'reason'>;
}) {
  return (
    <div>
      Paused
      {since !== undefined && (
        <>
          {' '}
          since <Time at={since} isRelative />
        </>
      )}{' '}
      by <span className="as-written">{actor}</span>, because “<span className="as-written">{reason}</span>”.{' '}
      <Link href={href(['sources'])}>Sources are resumed on their page.</Link>
    </div>
  );
}
