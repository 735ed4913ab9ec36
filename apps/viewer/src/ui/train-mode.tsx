import { signal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { report } from '../actions/report.js';

/** What is shown in this mode, once it is loaded. */
const page = signal<FunctionComponent | undefined>(undefined);

/** Training in the page. Most visitors never ask for it: its code is loaded when it is shown. */
export function TrainMode(): JSX.Element {
  useEffect(() => {
    if (page.value) return;
    import('./train/train-page.js').then(({ TrainPage }) => {
      page.value = TrainPage;
    }, report);
  }, []);
  const Page = page.value;
  return Page ? <Page /> : <main class="layout train" aria-busy="true" />;
}
