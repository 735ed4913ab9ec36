import { type DistanceSummary, percentOfSize, spreadColumns, spreadRows } from '@kanrecon/training/report';
import type { JSX } from 'preact';

/** How far predicted and real surfaces are apart. */
export function DistancesTable({ distances }: { distances: DistanceSummary }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys
    <section class="wide-table" tabIndex={0} aria-label="Distances of surfaces">
      <table class="combinations">
        <caption>
          Distances between the predicted and the real surface, in per cent of the object’s size ({distances.relativeTo}
          ).
        </caption>
        <thead>
          <tr>
            <th scope="col">surface distance</th>
            {spreadColumns.map(([words]) => (
              <th scope="col" key={words}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spreadRows(distances).map(({ name, spread }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {spreadColumns.map(([words, key]) => (
                <td key={words}>{percentOfSize(spread[key])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
