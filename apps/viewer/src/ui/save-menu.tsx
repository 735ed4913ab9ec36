import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type SavedKind, saveCurrent, savedKinds, surfaceKinds } from '../actions/save-current.js';
import { heldBack, shown } from '../state/shown.js';
import { mode } from '../state/store.js';
import { Icon } from './icon.js';

/** Files that the object can be saved as. */
export function SaveMenu(): JSX.Element {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      if (menu?.open && !(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
    };
    const closeByKey = ({ key }: KeyboardEvent) => {
      const menu = details.current;
      if (key !== 'Escape' || !menu?.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    };
    document.addEventListener('click', close);
    document.addEventListener('keydown', closeByKey);
    return () => {
      document.removeEventListener('click', close);
      document.removeEventListener('keydown', closeByKey);
    };
  }, []);
  if (!shown.value || heldBack.value) {
    return (
      <button type="button" class="button" disabled>
        <Icon name="save" /> Save
      </button>
    );
  }
  const kinds = mode.value === 'surface' ? surfaceKinds : (Object.keys(savedKinds) as SavedKind[]);
  const save = (kind: SavedKind) => {
    if (details.current) details.current.open = false;
    void saveCurrent(kind);
  };
  return (
    <details class="menu" ref={details}>
      <summary class="button">
        <Icon name="save" /> Save
      </summary>
      <ul class="menu-list">
        {kinds.map((kind) => (
          <li key={kind}>
            <button type="button" onClick={() => save(kind)}>
              <strong>{savedKinds[kind].label}</strong> <span>{savedKinds[kind].about}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
