import type { JSX } from 'preact';
import { type TrainChoices, trainChoices, usualRate } from '../../state/train-choices.js';
import { NumberField } from './number-field.js';

const sizes = [32, 48, 64, 96, 128];

/** Settings that hardly anybody has to touch. */
export function MoreSettings(): JSX.Element {
  const choices = trainChoices.value;
  const set = (change: Partial<TrainChoices>) => {
    trainChoices.value = { ...choices, ...change };
  };
  const check = (name: 'camera' | 'intervals', words: string) => (
    <label class="check">
      <input
        type="checkbox"
        checked={choices[name]}
        onChange={({ currentTarget }) => set({ [name]: currentTarget.checked })}
      />
      <span>{words}</span>
    </label>
  );
  return (
    <details class="more">
      <summary>More settings</summary>
      <div class="more-fields">
        <label class="field">
          <span>Learning rate, at its highest</span>
          <input
            type="text"
            inputMode="decimal"
            pattern="\s*(0?\.0*[1-9]\d*|[1-9]\d*(\.\d+)?|0\.\d*[1-9]\d*|\d(\.\d+)?e-?\d+)\s*"
            title="A number above 0, such as 0.01"
            placeholder={String(usualRate(choices))}
            value={choices.learningRate}
            onChange={({ currentTarget }) => {
              if (currentTarget.checkValidity()) set({ learningRate: currentTarget.value });
            }}
          />
        </label>
        <label class="field">
          <span>Width of images in pixels</span>
          <select
            value={String(choices.imageSize)}
            onChange={({ currentTarget }) => set({ imageSize: Number(currentTarget.value) })}
          >
            {sizes.map((size) => (
              <option key={size} value={String(size)}>
                {size}
              </option>
            ))}
          </select>
        </label>
        <NumberField name="batchSize" label="Images a step" min={2} max={1024} />
        <NumberField name="seed" label="Seed" min={0} max={4294967295} />
        <NumberField
          name="drawers"
          label="Threads that draw"
          min={0}
          max={16}
          help="0: as many as go with the processor. The numbers do not depend on it."
        />
        {check('camera', 'learns where the camera stands, too')}
        {check('intervals', 'says how sure it is')}
      </div>
    </details>
  );
}
