import type { SurfaceParameter } from '@kanrecon/geometry';
import type { JSX } from 'preact';
import { dragParameter, endDrag, setParameter, toggleLock } from '../actions/edit-current.js';
import type { EstimateRow } from '../state/estimate-row.js';
import { notify } from '../state/store.js';
import { digits, roughly } from './format.js';
import { IconButton } from './icon-button.js';

interface ParameterSliderProps {
  readonly parameter: SurfaceParameter;
  readonly value: number;
  readonly row: EstimateRow | undefined;
  /** Undefined where there is nothing that a known value could condition. */
  readonly locked: boolean | undefined;
  readonly disabled: boolean;
}

/** Steps from one end of the range to the other. */
const steps = 1000;

/** One parameter: its value to be set, its estimate with the interval drawn into the track, a lock. */
export function ParameterSlider({ parameter, value, row, locked, disabled }: ParameterSliderProps): JSX.Element {
  const { name, min, max, unit, label, description } = parameter;
  const percent = (number: number) => `${(100 * (Math.min(max, Math.max(min, number)) - min)) / (max - min)}%`;
  const [low, high] = row?.interval90 ?? [];
  const words = row ? wordsOf(row) : '';
  const id = `parameter-${name}`;
  return (
    <li class={`slider ${locked ? 'locked' : ''}`}>
      <div class="slider-head">
        <label for={id} title={description}>
          {label}
        </label>
        <NumberField {...{ parameter, value }} disabled={disabled || locked === true} />
        <span class="unit">{unit}</span>
        {locked !== undefined && (
          <IconButton
            icon={locked ? 'locked' : 'free'}
            label={`Lock ${label}: its value is known`}
            pressed={locked}
            disabled={disabled}
            onClick={() => toggleLock(name)}
          />
        )}
      </div>
      <div class="track">
        <div class="track-marks" aria-hidden="true">
          {low !== undefined && high !== undefined && (
            <span class="interval" style={{ left: percent(low), right: `calc(100% - ${percent(high)})` }} />
          )}
          {row?.value !== undefined && <span class="tick" style={{ left: percent(row.value) }} />}
        </div>
        <input
          id={id}
          type="range"
          min={min}
          max={max}
          step={(max - min) / steps}
          value={value}
          disabled={disabled || locked === true}
          aria-valuetext={`${digits(value)} ${unit}`}
          aria-describedby={`${id}-estimate`}
          onInput={({ currentTarget }) => dragParameter(name, Number(currentTarget.value))}
          onChange={endDrag}
        />
      </div>
      {(locked !== undefined || description) && (
        <p class="estimate" id={`${id}-estimate`}>
          {locked === undefined ? description : words}
        </p>
      )}
    </li>
  );
}

/** What is known of a parameter, in the words of `kanrecon predict`. */
function wordsOf({ value, interval90, note, rough }: EstimateRow): string {
  const number = value === undefined ? '' : rough ? roughly(value) : digits(value);
  const between = interval90 ? ` (${digits(interval90[0])} to ${digits(interval90[1])})` : '';
  return [`${number}${between}`, note].filter(Boolean).join('; ');
}

function NumberField({
  parameter: { name, label, min, max, unit },
  value,
  disabled,
}: Pick<ParameterSliderProps, 'parameter' | 'value' | 'disabled'>): JSX.Element {
  const shown = digits(value);
  const take = (input: HTMLInputElement) => {
    const number = Number(input.value.replace(',', '.'));
    if (input.value.trim() !== '' && number >= min && number <= max) {
      if (input.value !== shown) setParameter(name, number);
    } else {
      notify(
        'error',
        `${label} cannot be “${input.value}”; type a number from ${Number(min.toPrecision(4))} to ${Number(max.toPrecision(4))}${unit ? ` ${unit}` : ''}.`,
      );
    }
    input.value = shown;
  };
  return (
    <input
      class="number"
      type="text"
      inputMode="decimal"
      aria-label={`${label} as a number`}
      value={shown}
      disabled={disabled}
      onBlur={({ currentTarget }) => {
        if (currentTarget.value !== shown) take(currentTarget);
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') take(currentTarget);
        if (key === 'Escape') currentTarget.value = shown;
      }}
    />
  );
}
