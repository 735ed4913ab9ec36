import { spiralCylinder } from '@kanrecon/geometry';
import type { JSX } from 'preact';
import { showMode } from '../actions/show-surface.js';
import { type Mode, mode } from '../state/store.js';

const modes = {
  image: 'Image to object',
  compare: 'Compare',
  surface: 'Surfaces',
  train: 'Train',
  runs: 'Runs',
  inside: 'Look inside',
} as const satisfies Record<Mode, string>;

/** What the page is used for. */
export function ModeChoice(): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">What the page is for</legend>
      {Object.entries(modes).map(([value, words]) => (
        <label key={value}>
          <input
            type="radio"
            name="mode"
            checked={mode.value === value}
            onChange={() => showMode(value as Mode, spiralCylinder)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
