import type { JSX } from 'preact';
import { redo, resetToEstimate, undo } from '../actions/edit-current.js';
import { shareLink } from '../actions/share-link.js';
import { currentEstimate, heldBack } from '../state/shown.js';
import { current } from '../state/store.js';
import { IconButton } from './icon-button.js';
import { ModeChoice } from './mode-choice.js';
import { SaveMenu } from './save-menu.js';
import { ThemeButton } from './theme-button.js';

/** The page's name and what can be done with the whole object. */
export function Header(): JSX.Element {
  const item = current.value;
  const idle = !item?.edit || item.phase === 'refining';
  return (
    <header class="header">
      <div class="brand">
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
          <path d="M9 5c4 3 10 3 14 0M9 5c-2 4 3 7 1 11s2 8-1 11M23 5c2 4-3 7-1 11s-2 8 1 11M9 27c4 2 10 2 14 0M10 16c4 2 8 2 12 0" />
        </svg>
        <div>
          <h1>kanrecon</h1>
          <p class="tagline">One image in, the object out</p>
        </div>
      </div>
      <ModeChoice />
      <div class="tools" role="toolbar" aria-label="Object">
        <IconButton icon="undo" label="Undo" onClick={undo} disabled={idle || item.undo.length === 0} />
        <IconButton icon="redo" label="Redo" onClick={redo} disabled={idle || item.redo.length === 0} />
        <IconButton
          icon="reset"
          label={item?.surface ? 'Reset to the middles of the ranges' : 'Reset to the estimate'}
          onClick={resetToEstimate}
          disabled={idle || !(currentEstimate.value || item.surface)}
        />
        <IconButton
          icon="link"
          label={item?.surface ? 'Copy a link to this surface' : 'Copy a link to this object'}
          onClick={() => void shareLink()}
          disabled={idle || heldBack.value}
        />
        <SaveMenu />
        <ThemeButton />
      </div>
    </header>
  );
}
