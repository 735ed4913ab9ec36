import type { BestPossibleScores } from '@kanrecon/identifiability';
import {
  bestPossibleR2,
  describeRefined,
  fixed,
  type RefinedScores,
  refinedChanges,
  refinedHeaders,
  refinedRows,
} from '@kanrecon/training/report';
import type { JSX } from 'preact';
import { SeriesMark } from './series-mark.js';

interface RefinedScoresTablesProps {
  readonly refined: RefinedScores;
  readonly best: BestPossibleScores | null;
  /** Whose these are, where several are shown. */
  readonly of?: { readonly name: string; readonly color: number };
}

const percent = (share: number | undefined) => (share === undefined ? '–' : `${Math.round(100 * share)}\u00a0%`);

/** Scores before and after refinement: together, then of each parameter and visible combination beside the best possible. */
export function RefinedScoresTables({ refined, best, of }: RefinedScoresTablesProps): JSX.Element {
  const whose = of ? ` of ${of.name}` : '';
  return (
    <div class="refined-scores">
      <h3>
        {of && (
          <>
            <SeriesMark color={of.color} />{' '}
          </>
        )}
        Before and after refinement{whose}
      </h3>
      <p class="hint">{describeRefined(refined)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys */}
      <section class="wide-table" tabIndex={0} aria-label={`Scores before and after refinement${whose}`}>
        <table class="combinations refined-ways">
          <thead>
            <tr>
              <th scope="col">answers</th>
              {refinedHeaders.map((words) => (
                <th scope="col" key={words}>
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {refinedRows(refined).map(({ name, mae, rmse, r2, r2Shown, camera }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {[mae, rmse, r2, r2Shown].map((value, i) => (
                  <td key={refinedHeaders[i]}>{fixed(value, 3)}</td>
                ))}
                <td>{fixed(camera, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys */}
      <section class="wide-table" tabIndex={0} aria-label={`Scores by parameter before and after refinement${whose}`}>
        <table class="combinations refined-table">
          <thead>
            <tr>
              <th scope="col">parameter</th>
              <th scope="col">R² network</th>
              <th scope="col">refined</th>
              {best && <th scope="col">best possible</th>}
              <th scope="col">MAE network</th>
              <th scope="col">refined</th>
              <th scope="col">truths in 90 % intervals</th>
            </tr>
          </thead>
          <tbody>
            {refinedChanges(refined).map((change) => (
              <tr key={`${change.kind} ${change.name}`}>
                <th scope="row">{change.name}</th>
                <td>{fixed(change.r2.network, 3)}</td>
                <td class="after">{fixed(change.r2.refined, 3)}</td>
                {best && <td>{bestPossibleR2(change, best)}</td>}
                <td>{fixed(change.mae.network, 3)}</td>
                <td class="after">{fixed(change.mae.refined, 3)}</td>
                <td>{percent(change.held[90])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
