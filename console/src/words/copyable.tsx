import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

/** A text that is of use elsewhere. */
export const Copyable = ({ text, what }: { readonly text: string; readonly what: string }) => (
  <CopyToClipboard
    variant="inline"
    textToCopy={text}
    copyButtonAriaLabel={`Copy ${what}`}
    copySuccessText="Copied"
    copyErrorText="It could not be copied"
  />
);
