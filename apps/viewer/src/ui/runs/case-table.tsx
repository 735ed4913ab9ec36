import type { JSX } from 'preact';
import { caseRows } from '../../state/runs/case-rows.js';
import type { RunCase } from '../../state/runs/cases.js';
import { scoredRuns } from '../../state/runs/runs.js';
import { digits, signed, signedPercent } from '../format.js';
import { SeriesMark } from './series-mark.js';

/** What a case really shows, and what each network made of it. */
export function CaseTable({ item }: { item: RunCase }): JSX.Element {
  const scored = scoredRuns.value;
  const rows = caseRows(item, scored);
  const answers = rows[0]?.values ?? [];
  const several = answers.length > 1;
  const anyRefined = rows.some(({ values }) => values.some(({ refined }) => refined));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys
    <section class="wide-table" tabIndex={0} aria-label="Parameters of the case">
      <table class="combinations case-table">
        <caption>
          In units; the error is predicted less real, also as a share of the range
          {rows.some(({ ofReal }) => ofReal) ? ' of the real values' : ''}.
        </caption>
        <thead>
          <tr>
            <th scope="col">parameter</th>
            <th scope="col">real</th>
            {answers.map(({ run: { run, color } }) => (
              <th scope="col" key={run.key}>
                {several ? (
                  <>
                    <SeriesMark color={color} />
                    <span class="visually-hidden">{run.name}</span> predicted
                  </>
                ) : (
                  'predicted'
                )}
              </th>
            ))}
            {!several && answers.length > 0 && <th scope="col">error</th>}
            {!several && anyRefined && <th scope="col">refined, 90 %</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, real, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{digits(real)}</td>
              {values.map(({ run, predicted, share }) => (
                <td key={run.run.key}>
                  {digits(predicted)}
                  {several && <span class="between">{signedPercent(share)}</span>}
                </td>
              ))}
              {!several &&
                values.map(({ run, error, share }) => (
                  <td key={run.run.key}>
                    {signed(error)}
                    <span class="between">{signedPercent(share)}</span>
                  </td>
                ))}
              {!several &&
                anyRefined &&
                values.map(({ run, refined }) => (
                  <td key={run.run.key}>
                    {refined ? digits(refined.mean) : '–'}
                    {refined && <span class="between">{refined.interval90.map(digits).join(' to ')}</span>}
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
