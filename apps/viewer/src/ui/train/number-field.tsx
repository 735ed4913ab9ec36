import type { JSX } from 'preact';
import { trainChoices } from '../../state/train-choices.js';

interface NumberFieldProps {
  readonly name: 'epochs' | 'epochImages' | 'seed' | 'batchSize' | 'drawers';
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly help?: string;
}

/** A whole number of the next training; the browser itself says what is wrong with it. */
export function NumberField({ name, label, min, max, help }: NumberFieldProps): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        name={name}
        required
        {...{ min, max }}
        step={1}
        value={trainChoices.value[name]}
        {...(help !== undefined && { 'aria-describedby': `${name}-help` })}
        onChange={({ currentTarget }) => {
          if (currentTarget.checkValidity()) {
            trainChoices.value = { ...trainChoices.value, [name]: currentTarget.valueAsNumber };
          }
        }}
      />
      {help !== undefined && (
        <span id={`${name}-help`} class="hint">
          {help}
        </span>
      )}
    </label>
  );
}
