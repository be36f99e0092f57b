import TopNavigation from '@cloudscape-design/components/top-navigation';
import { href } from '../address.ts';
import { prefer, useAppearance, type Appearance } from './preferences.ts';

const appearances: readonly { readonly id: Appearance; readonly text: string }[] = [
  { id: 'system', text: 'As the system' },
  { id: 'light', text: 'Light' },
  { id: 'dark', text: 'Dark' },
];

export function TopBar({ showHelp }: { readonly showHelp: () => void }) {
  const appearance = useAppearance();
  return (
    <TopNavigation
      identity={{ href: href([]), title: 'Hooklane' }}
      utilities={[
        {
          type: 'menu-dropdown',
          text: 'Appearance',
          ariaLabel: 'Appearance',
          iconName: 'settings',
          items: appearances.map(({ id, text }) => ({
            id,
            text,
            ...(id === appearance && { iconName: 'check' }),
          })),
          onItemClick: ({ detail }) => {
            const chosen = appearances.find(({ id }) => id === detail.id);
            if (chosen) prefer(chosen.id);
          },
        },
        { type: 'button', text: 'Keys', ariaLabel: 'Keys', iconName: 'keyboard', onClick: showHelp },
      ]}
    />
  );
}
