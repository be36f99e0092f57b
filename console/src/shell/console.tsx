import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { usePlace } from '../address.ts';
import { Loading } from '../words/loading.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useKeyboard } from './keyboard.ts';
import { pageAt, sectionHref, sections } from './pages.tsx';
import { TopBar } from './top-bar.tsx';

const KeyboardHelp = lazy(() => import('./keyboard-help.tsx'));

export function Console() {
  const place = usePlace();
  const { title, section, crumbs, show: Page } = pageAt(place);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const showHelp = useCallback(() => setHelpOpen(true), []);
  useKeyboard(showHelp);
  const where = place.parts.join('/');
  useEffect(() => {
    document.title = `${title} · Hooklane`;
    window.scrollTo(0, 0);
  }, [title, where]);

  return (
    <I18nProvider locale="en" messages={[messages]}>
      <div id="top">
        <TopBar showHelp={showHelp} />
      </div>
      <AppLayoutToolbar
        headerSelector="#top"
        toolsHide
        navigation={
          <SideNavigation
            activeHref={section}
            items={sections.map((one) => ({ type: 'link', text: one.name, href: sectionHref(one) }))}
          />
        }
        notifications={<ConnectionBanner />}
        breadcrumbs={crumbs.length > 0 ? <BreadcrumbGroup items={[...crumbs]} /> : undefined}
        content={
          <ErrorBoundary of={where}>
            <Suspense fallback={<Loading what="the page" />}>
              <Page key={where} place={place} />
            </Suspense>
          </ErrorBoundary>
        }
      />
      {isHelpOpen && (
        <Suspense>
          <KeyboardHelp close={() => setHelpOpen(false)} />
        </Suspense>
      )}
    </I18nProvider>
  );
}
