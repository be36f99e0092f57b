import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';

/** What there is not, and what to do next. */
export function Empty({
  what,
  next,
  children,
}: {
  readonly what: string;
  readonly next: string;
  readonly children?: ReactNode;
}) {
  return (
    <Box textAlign="center" padding={{ vertical: 'l' }}>
      <Box variant="strong">{what}</Box>
      <Box variant="p" color="text-body-secondary">
        {next}
      </Box>
      {children}
    </Box>
  );
}
