import { signal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { report } from '../actions/report.js';

/** What is shown in this mode, once it is loaded. */
const page = signal<FunctionComponent | undefined>(undefined);

/** How trainings went. Most visitors never ask for it: its code is loaded when it is shown. */
export function RunsMode(): JSX.Element {
  useEffect(() => {
    if (page.value) return;
    import('./runs/runs-page.js').then(({ RunsPage }) => {
      page.value = RunsPage;
    }, report);
  }, []);
  const Page = page.value;
  return Page ? <Page /> : <main class="layout runs" aria-busy="true" />;
}
