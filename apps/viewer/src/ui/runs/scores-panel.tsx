import {
  boundSign,
  describeIntervals,
  describeLimits,
  fixed,
  type MetricsRow,
  metricsRows,
  reachedPercent,
  showInterval,
} from '@kanrecon/training/report';
import type { JSX } from 'preact';
import { factsOf } from '../../state/runs/facts.js';
import { scoredRuns, shownRuns } from '../../state/runs/runs.js';
import { DistancesTable } from './distances-table.js';
import { RefinedScoresTables } from './refined-scores-tables.js';
import { SeriesMark } from './series-mark.js';

const measures = [
  ['mae', 'MAE'],
  ['rmse', 'RMSE'],
  ['r2', 'R²'],
] as const;

/** What was reached, beside what is possible at all. */
export function ScoresPanel(): JSX.Element | null {
  const shown = shownRuns.value;
  if (shown.length === 0) return null;
  const scored = scoredRuns.value;
  return (
    <section class="panel run-scores" aria-labelledby="run-scores-title">
      <div class="panel-head">
        <h2 id="run-scores-title">Scores</h2>
      </div>
      <div class="run-facts">
        {shown.map((one) => (
          <div key={one.run.key} class="run-fact">
            <p>
              {shown.length > 1 && <SeriesMark color={one.color} />} <strong>{one.run.name}</strong>
            </p>
            <ul>
              {factsOf(one).map(({ value, about }) => (
                <li key={about}>
                  <strong class="number">{value}</strong> <span>{about}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {scored.length === 0 ? (
        <p class="hint">
          There are no scores by parameter yet: press “Score on new images”, or run kanrecon evaluate on a data set.
        </p>
      ) : (
        <>
          <ScoresTable />
          {scored.map(({ run, color, evaluation: { told } }) =>
            told.refined ? (
              <RefinedScoresTables
                key={run.key}
                refined={told.refined}
                best={told.bestPossible}
                {...(scored.length > 1 && { of: { name: run.name, color } })}
              />
            ) : null,
          )}
          {scored.map(({ run, evaluation: { about, told } }) => (
            <details key={run.key} class="run-about" open={scored.length === 1}>
              <summary>{scored.length > 1 ? `${run.name}: ${about}` : about}</summary>
              {[describeIntervals(told.intervals), ...describeLimits(told.limits).split('\n')].map((sentence) => (
                <p key={sentence} class="hint">
                  {sentence}
                </p>
              ))}
              {told.distances && <DistancesTable distances={told.distances} />}
            </details>
          ))}
        </>
      )}
    </section>
  );
}

function ScoresTable(): JSX.Element {
  const scored = scoredRuns.value;
  const several = scored.length > 1;
  const rows = scored.flatMap(({ run, color, evaluation: { told } }) =>
    metricsRows(told.scores, told.bestPossible, told.intervals).map((row) => ({ run, color, row })),
  );
  // One below the other, so that runs can be compared parameter by parameter.
  const order = [...new Set(rows.map(({ row }) => nameOf(row)))];
  const sorted = order.flatMap((name) => rows.filter(({ row }) => nameOf(row) === name));
  const withBest = rows.some(({ row }) => row.best !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys
    <section class="wide-table" tabIndex={0} aria-label="Scores by parameter">
      <table class="combinations scores-table">
        <caption>On the normalised parameters{withBest ? ', beside the best possible (small)' : ''}.</caption>
        <thead>
          <tr>
            <th scope="col">parameter</th>
            {several && <th scope="col">run</th>}
            {measures.map(([, words]) => (
              <th scope="col" key={words}>
                {words}
              </th>
            ))}
            {withBest && <th scope="col">reached</th>}
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ run, color, row }, i) => {
            const first = i === 0 || nameOf(sorted[i - 1]!.row) !== nameOf(row);
            return (
              <tr
                key={`${run.key} ${nameOf(row)}`}
                class={`${row.kind === 'parameter' ? '' : 'sum'} ${first ? 'first' : ''}`}
              >
                <th scope="row">{first ? nameOf(row) : <span class="visually-hidden">{nameOf(row)}</span>}</th>
                {several && (
                  <td class="run-cell">
                    <SeriesMark color={color} /> {run.name}
                  </td>
                )}
                {measures.map(([key]) => (
                  <ScoreCell key={key} row={row} measure={key} withBest={withBest} />
                ))}
                {withBest && <ReachedCell row={row} />}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Of runs that show different numbers of parameters the means stand in one row all the same. */
function nameOf({ kind, name }: MetricsRow): string {
  return kind === 'visible' ? 'visible' : name;
}

function ScoreCell(props: { row: MetricsRow; measure: 'mae' | 'rmse' | 'r2'; withBest: boolean }): JSX.Element {
  const { row, measure, withBest } = props;
  const between = row.interval?.[measure];
  const best = row.best?.[measure];
  return (
    <td>
      <span class="score">{fixed(row[measure], 3)}</span>
      {withBest && best !== undefined && (
        <span class="best">
          <span class="visually-hidden">, best possible </span>
          {row.bestIsBound ? boundSign(measure) : ''}
          {fixed(best, 3)}
        </span>
      )}
      {between && <span class="between">{showInterval(between, 2)}</span>}
    </td>
  );
}

function ReachedCell({ row }: { row: MetricsRow }): JSX.Element {
  const percent = reachedPercent(row.r2, row.best?.r2);
  if (percent === undefined) return <td />;
  if (percent === 'not visible') return <td class="hint">not visible</td>;
  return (
    <td>
      {percent} %
      <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="8" class="meter-back" />
        <rect width={Math.min(100, percent)} height="8" class="meter-share" />
      </svg>
    </td>
  );
}
