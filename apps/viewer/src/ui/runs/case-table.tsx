import { Fragment, type JSX } from 'preact';
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
  const refinedBy = (i: number) => rows.some(({ values }) => values[i]?.refined);
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
            {answers.map(({ run: { run, color } }, i) => {
              const mark = several && (
                <>
                  <SeriesMark color={color} />
                  <span class="visually-hidden">{run.name}</span>{' '}
                </>
              );
              return (
                <Fragment key={run.key}>
                  <th scope="col">{mark}predicted</th>
                  {!several && <th scope="col">error</th>}
                  {refinedBy(i) && <th scope="col">{mark}refined, 90 %</th>}
                </Fragment>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, real, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{digits(real)}</td>
              {values.map(({ run, predicted, error, share, refined }, i) => (
                <Fragment key={run.run.key}>
                  <td>
                    {digits(predicted)}
                    {several && <span class="between">{signedPercent(share)}</span>}
                  </td>
                  {!several && (
                    <td>
                      {signed(error)}
                      <span class="between">{signedPercent(share)}</span>
                    </td>
                  )}
                  {refinedBy(i) && (
                    <td>
                      {refined ? digits(refined.mean) : '–'}
                      {refined && <span class="between">{refined.interval90.map(digits).join(' to ')}</span>}
                    </td>
                  )}
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
