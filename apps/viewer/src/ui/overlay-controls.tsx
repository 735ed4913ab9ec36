import type { JSX } from 'preact';
import { largestDifference } from '../image/paint-overlay.js';
import { overlay } from '../state/store.js';
import { digits } from './format.js';

/** How renderings are laid over images, wherever they are: faded by a slider, or as their difference. */
export function OverlayControls({ disabled }: { disabled: boolean }): JSX.Element {
  const { mode } = overlay.value;
  return (
    <>
      <fieldset class="segments">
        <legend class="visually-hidden">What is shown</legend>
        {(['overlay', 'difference'] as const).map((value) => (
          <label key={value}>
            <input
              type="radio"
              name="overlay"
              value={value}
              checked={mode === value}
              onChange={() => {
                overlay.value = { ...overlay.value, mode: value };
              }}
            />
            <span>{value === 'overlay' ? 'Overlay' : 'Difference'}</span>
          </label>
        ))}
      </fieldset>
      {mode === 'overlay' ? <Opacity disabled={disabled} /> : <DifferenceScale />}
    </>
  );
}

function Opacity({ disabled }: { disabled: boolean }): JSX.Element {
  return (
    <label class="opacity">
      <span>Image</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.01"
        value={overlay.value.opacity}
        disabled={disabled}
        aria-label="Opacity of the rendering over the image"
        aria-valuetext={`${Math.round(100 * overlay.value.opacity)} %`}
        onInput={({ currentTarget }) => {
          overlay.value = { ...overlay.value, opacity: Number(currentTarget.value) };
        }}
      />
      <span>Rendering</span>
    </label>
  );
}

function DifferenceScale(): JSX.Element {
  return (
    <div class="scale">
      <span>0</span>
      <span class="scale-bar" aria-hidden="true" />
      <span>{digits(largestDifference).replace(/\.0+$/, '')} of 255</span>
    </div>
  );
}
