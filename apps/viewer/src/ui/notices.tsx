import type { JSX } from 'preact';
import { closeNotice, notices } from '../state/store.js';
import { IconButton } from './icon-button.js';

/** Sentences about what went wrong or was done; read out by screen readers as they come. */
export function Notices(): JSX.Element {
  return (
    <section class="notices" aria-label="Messages" aria-live="polite">
      {notices.value.map(({ id, kind, sentence }) => (
        <div class={`notice ${kind}`} key={id} role={kind === 'error' ? 'alert' : 'status'}>
          <p>{sentence}</p>
          <IconButton icon="close" label="Close this message" onClick={() => closeNotice(id)} />
        </div>
      ))}
    </section>
  );
}
