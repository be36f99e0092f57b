import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import { keys } from './keyboard.ts';

export default function KeyboardHelp({ close }: { readonly close: () => void }) {
  return (
    <Modal visible onDismiss={close} header="Keys" closeAriaLabel="Close">
      <KeyValuePairs
        columns={2}
        items={keys.map(({ key, does }) => ({ label: key, value: <Box>{does}</Box> }))}
      />
    </Modal>
  );
}
