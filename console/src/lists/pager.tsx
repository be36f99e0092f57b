import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Pages } from './use-pages.ts';

/** Says whether what is seen is live. */
export function Pager({ pages: { number, next, previous } }: { readonly pages: Pages<unknown> }) {
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <span className="quiet">{number === 1 ? 'live' : `page ${number}, stands still`}</span>
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
