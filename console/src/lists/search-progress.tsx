import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { howMany } from '../words/how-many.ts';
import { Time } from '../words/time.tsx';
import type { Pages } from './use-pages.ts';

/** More is being looked for, or was until it was stopped. */
export const isUnfinished = ({ stage, value }: Pages<unknown>): boolean =>
  stage !== 'whole' && value?.cursor !== undefined;

/** How far a search has come, where one answer of the API is not enough to fill the page. */
export function SearchProgress({ pages: { stage, value, stop, goOn } }: { readonly pages: Pages<unknown> }) {
  const { items = [], searchedTo } = value ?? {};
  const isLooking = stage === 'looking';
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="center">
      <StatusIndicator type={isLooking ? 'loading' : 'stopped'}>
        {isLooking ? 'Searching' : 'Stopped'}: {howMany(items.length, 'row')} so far
        {searchedTo !== undefined && (
          <>
            , searched back to <Time at={searchedTo} />
          </>
        )}
      </StatusIndicator>
      <Button variant="inline-link" onClick={isLooking ? stop : goOn}>
        {isLooking ? 'Stop' : 'Go on'}
      </Button>
    </SpaceBetween>
  );
}
