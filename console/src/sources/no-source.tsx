import { Empty } from '../words/empty.tsx';

export const NoSource = () => (
  <Empty what="No source is configured" next="A source is a line in hooklane.config.ts." />
);
