import type { JSX } from 'preact';
import type { EstimateRow } from '../state/estimate-row.js';
import { currentEstimate, heldBack, shown } from '../state/shown.js';
import { current } from '../state/store.js';
import { digits, roughly } from './format.js';
import { LookControls } from './look-controls.js';
import { ParameterSlider } from './parameter-slider.js';

/** A slider for each parameter, with what is known of it. */
export function ParametersPanel(): JSX.Element {
  const [item, estimate, object] = [current.value, currentEstimate.value, shown.value];
  const hidden = !item || !object || heldBack.value;
  return (
    <section class="panel parameters-panel" aria-labelledby="parameters-title">
      <div class="panel-head">
        <h2 id="parameters-title">Parameters</h2>
        <span class="panel-note">
          {hidden || !estimate ? '' : estimate.from === 'refined' ? 'refined by rendering' : 'the network’s answer'}
        </span>
      </div>
      {hidden ? (
        <p class="hint">
          {item && heldBack.value ? 'No numbers: see the verdict.' : 'They come with the first image.'}
        </p>
      ) : (
        <>
          <ul class="sliders">
            {object.scene.surface.parameters.map((parameter) => (
              <ParameterSlider
                key={`${item.id} ${parameter.name}`}
                parameter={parameter}
                value={object.parameters[parameter.name]!}
                row={estimate?.rows.find(({ name }) => name === parameter.name)}
                locked={item.surface ? undefined : (item.edit?.locks.includes(parameter.name) ?? false)}
                disabled={item.phase === 'refining'}
              />
            ))}
          </ul>
          {estimate && estimate.combinations.length > 0 && <Combinations rows={estimate.combinations} />}
          {estimate && <p class="worth">{estimate.worth}</p>}
          <LookControls object={object} disabled={item.phase === 'refining'} />
        </>
      )}
    </section>
  );
}

function Combinations({ rows }: { rows: readonly EstimateRow[] }): JSX.Element {
  return (
    <table class="combinations">
      <caption>What shows although its parts do not</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">combination</th>
          <th scope="col">estimate</th>
          <th scope="col">90 % interval</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, value, interval90, rough }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{rough ? roughly(value!) : digits(value!)}</td>
            <td>{interval90 ? `${digits(interval90[0])} to ${digits(interval90[1])}` : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
