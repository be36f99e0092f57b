import '@cloudscape-design/global-styles/index.css';
import './console.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { parsePlace } from './address.ts';
import { Console } from './shell/console.tsx';
import { pageAt } from './shell/pages.tsx';
import { applyPreferences } from './shell/preferences.ts';

applyPreferences();
// Its files come while the shell is drawn.
void pageAt(parsePlace(window.location.hash)).load();
const root = document.getElementById('console');
if (root === null) throw new Error('the page has no place for the console');
createRoot(root).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
