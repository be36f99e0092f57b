import { Fragment } from 'react';

/** What a sender, a handler or an operator wrote: with its own line ends, and broken rather behind a separator than within a word. */
export const AsWritten = ({ text }: { readonly text: string }) => (
  <span className="as-written">
    {text.split(/(?<=[#./:])(?=\w)/).map((part, at) => (
      <Fragment key={at}>
        {at > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </span>
);
