import { surfaceByName, surfaceNames } from '@kanrecon/geometry';
import type { JSX } from 'preact';
import { showSurface } from '../actions/show-surface.js';
import { formulaOpen as own } from '../state/formula.js';
import { surfaceCase } from '../state/store.js';
import { ownSurfaceName } from '../surfaces/parse-surface-text.js';
import { FormulaBox } from './formula-box.js';

/** Every surface that there is, and one's own by formulas. */
export function SurfacesPanel(): JSX.Element {
  const shownName = own.value ? ownSurfaceName : surfaceCase.value?.surface?.name;
  return (
    <aside class="images surfaces" aria-label="Surfaces">
      <fieldset class="choices">
        <legend>Surfaces</legend>
        {surfaceNames().map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="surface"
              checked={shownName === name}
              onChange={() => {
                own.value = false;
                showSurface(surfaceByName(name));
              }}
            />
            <span>{name.replaceAll('-', ' ')}</span>
          </label>
        ))}
        <label>
          <input
            type="radio"
            name="surface"
            checked={own.value}
            onChange={() => {
              own.value = true;
            }}
          />
          <span>your own formula</span>
        </label>
      </fieldset>
      {own.value ? <FormulaBox /> : <p class="hint">{surfaceCase.value?.surface?.description}</p>}
    </aside>
  );
}
