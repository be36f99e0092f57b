import Link from '@cloudscape-design/components/link';
import { laneHref, splitLane } from '../address.ts';

/** Of a lane's name, `source#entity`: where it does not fit, its two parts stand below one another. */
export function LaneLink({ lane }: { readonly lane: string }) {
  const [source, entity] = splitLane(lane);
  return (
    <Link href={laneHref(lane)} ariaLabel={lane}>
      <span className="part">{source}#</span>
      <span className="part">{entity}</span>
    </Link>
  );
}
