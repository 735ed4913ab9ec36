import type { JSX } from 'preact';
import { caseDistances } from '../../state/runs/case-distances.js';
import type { RunCase } from '../../state/runs/cases.js';
import { scoredRuns } from '../../state/runs/runs.js';
import { digits } from '../format.js';
import { SeriesMark } from './series-mark.js';

/** How far what each network found is from what the image really shows, where that was measured. */
export function CaseDistances({ item }: { item: RunCase }): JSX.Element | null {
  const scored = scoredRuns.value;
  const rows = caseDistances(item, scored);
  if (rows.length === 0) return null;
  const several = scored.length > 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys
    <section class="wide-table" tabIndex={0} aria-label="Distances of the case’s surfaces">
      <table class="combinations case-distances">
        <caption>
          Between the predicted and the real surface, in units and in per cent of the object’s size; at the best scale
          the prediction is first made larger or smaller to come nearest.
        </caption>
        <thead>
          <tr>
            <th scope="col">distance</th>
            {rows[0]!.values.map(({ run: { run, color } }) => (
              <th scope="col" key={run.key}>
                {several ? (
                  <>
                    <SeriesMark color={color} />
                    <span class="visually-hidden">{run.name}</span>
                  </>
                ) : (
                  'units'
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map(({ run, value, share }) => (
                <td key={run.run.key}>
                  {digits(value)}
                  <span class="between">{(100 * share).toFixed(2)}&nbsp;%</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
