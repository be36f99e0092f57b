import { href } from '../address.ts';
import { Empty } from '../words/empty.tsx';

export default function UnknownPage() {
  return (
    <Empty what="There is no such page" next="The address may have been cut off when it was copied.">
      <a href={href([])}>To the overview</a>
    </Empty>
  );
}
