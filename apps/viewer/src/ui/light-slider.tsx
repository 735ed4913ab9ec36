import type { DrawnLight } from '@kanrecon/scene';
import type { JSX } from 'preact';
import { endDrag } from '../actions/edit-current.js';

interface LightSliderProps {
  readonly name: keyof DrawnLight;
  readonly label: string;
  readonly value: number;
  /** The value as it is read. */
  readonly words: string;
  /** End of the slider, which begins at 0. */
  readonly max: number;
  readonly step: number;
  readonly disabled: boolean;
  readonly onInput: (value: number) => void;
}

/** One number of the light. */
export function LightSlider({ name, label, words, onInput, ...input }: LightSliderProps): JSX.Element {
  const id = `look-${name}`;
  return (
    <div>
      <div class="look-head">
        <label for={id}>{label}</label>
        <span class="number" aria-hidden="true">
          {words}
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        {...input}
        aria-valuetext={words}
        onInput={({ currentTarget }) => onInput(Number(currentTarget.value))}
        onChange={endDrag}
      />
    </div>
  );
}
