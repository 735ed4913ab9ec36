import { spiralCylinder } from '@kanrecon/geometry';
import type { JSX } from 'preact';
import { showMode } from '../actions/show-surface.js';
import { mode } from '../state/store.js';

const modes = { image: 'Image to object', surface: 'Surfaces', train: 'Train' } as const;

/** Whether images or surfaces by themselves are looked at, or a network is trained. */
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
            onChange={() => showMode(value as keyof typeof modes, spiralCylinder)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
