import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { duration } from '../words/time.tsx';
import type { Pages } from './use-pages.ts';

/** Says whether what is seen is live. */
export function Pager({ pages }: { readonly pages: Pages<unknown> }) {
  const { next, previous } = pages;
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <span className="quiet">{livenessOf(pages)}</span>
      <Button
        iconName="angle-left"
        variant="icon"
        ariaLabel="Page before"
        disabled={previous === undefined}
        onClick={() => previous?.()}
      />
      <Button
        iconName="angle-right"
        variant="icon"
        ariaLabel="Next page"
        disabled={next === undefined}
        onClick={() => next?.()}
      />
    </SpaceBetween>
  );
}

function livenessOf({ number, stage, everyMs }: Pages<unknown>): string {
  if (number > 1) return `page ${number}, stands still`;
  if (stage !== 'whole') return '';
  return everyMs > liveMs ? `searched again every ${duration(everyMs)}` : 'live';
}

/** What is read again within so long is as good as live. */
const liveMs = 10_000;
