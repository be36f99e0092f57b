import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { goTo, href } from '../address.ts';
import { listOf, useStored } from '../shell/stored.ts';
import { filterOf, wordsOf } from './event-filter.ts';

/** Filters that this browser keeps; each is called by its own words. */
export function SavedFilters({ filter }: { readonly filter: URLSearchParams }) {
  const [stored, store] = useStored('event-filters');
  const saved = listOf(stored) ?? [];
  const current = filter.toString();
  const isSaved = saved.includes(current);
  return (
    <ButtonDropdown
      ariaLabel="Saved filters"
      items={[
        ...saved.map((text) => ({
          id: `?${text}`,
          text: wordsOf(filterOf(new URLSearchParams(text))),
          ...(text === current && { iconName: 'check' as const }),
        })),
        { id: 'save', text: 'Save this filter', disabled: isSaved || current === '' },
        { id: 'forget', text: 'Forget this filter', disabled: !isSaved },
      ]}
      onItemClick={({ detail: { id } }) => {
        if (id === 'save') store(JSON.stringify([...saved, current]));
        else if (id === 'forget') store(JSON.stringify(saved.filter((one) => one !== current)));
        else goTo(href(['events'], new URLSearchParams(id)));
      }}
    >
      Saved
    </ButtonDropdown>
  );
}
