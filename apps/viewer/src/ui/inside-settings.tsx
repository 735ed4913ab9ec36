import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { lookInside } from '../actions/look-inside.js';
import { chooseInside, drawnEdges, inside, insideModel, pruneThreshold } from '../state/inside.js';
import { models } from '../state/store.js';

/** Ends of the slider, as powers of ten; at its beginning nothing is taken out. */
const [weakest, strongest] = [-4, 0];

/** Which model is looked into, and how much of it. */
export function InsideSettings(): JSX.Element {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const threshold = pruneThreshold.value;
  const none = inside.value?.found?.kind === 'none';
  return (
    <aside class="images inside-settings" aria-label="What is looked into">
      <fieldset class="choices">
        <legend>Model</legend>
        {[...models.value.keys()].map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="inside"
              checked={insideModel.value === name}
              onChange={() => {
                chooseInside(name);
                pruneThreshold.value = 0;
              }}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>Prune edges that count for less than</span>
        <input
          type="range"
          min={weakest}
          max={strongest}
          step={0.05}
          disabled={none}
          value={threshold === 0 ? weakest : Math.log10(threshold)}
          aria-valuetext={threshold === 0 ? 'nothing is pruned' : String(threshold)}
          onInput={({ currentTarget }) => {
            const power = Number(currentTarget.value);
            pruneThreshold.value = power <= weakest ? 0 : Number((10 ** power).toPrecision(2));
            clearTimeout(timer.current);
            timer.current = setTimeout(() => void lookInside(), 250);
          }}
        />
        <span class="number">{threshold === 0 ? 'nothing is pruned' : threshold}</span>
      </label>
      <label class="field">
        <span>Edges drawn, the strongest</span>
        <select
          value={drawnEdges.value}
          disabled={none}
          onChange={({ currentTarget }) => {
            drawnEdges.value = Number(currentTarget.value);
            void lookInside();
          }}
        >
          {[20, 40, 80, 150].map((count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>
      </label>
    </aside>
  );
}
