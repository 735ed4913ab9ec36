import { curveOf, scoreAxisMin } from '@kanrecon/training/report';
import type { JSX } from 'preact';
import { lossCurves, rateCurves, scoreCurves } from '../../state/runs/curves.js';
import { keptEpoch, sharedPossible } from '../../state/runs/facts.js';
import { shownRuns } from '../../state/runs/runs.js';
import { RunChart } from './run-chart.js';

/** Loss, R² and learning rate by epoch, of all runs that are shown. */
export function CurvesPanel(): JSX.Element | null {
  const shown = shownRuns.value;
  if (!shown.some(({ run }) => run.history.length > 0)) return null;
  const scores = scoreCurves(shown);
  const yMin = scoreAxisMin(scores.map(({ points }) => points.map(([, y]) => y)));
  const possible = sharedPossible(shown.filter(({ run }) => run.history.length > 0));
  const kept = new Map(
    shown.flatMap(({ run, color }) => {
      const epoch = keptEpoch(run);
      return epoch === undefined ? [] : [[color, epoch] as const];
    }),
  );
  const rates = rateCurves(shown);
  return (
    <section class="panel run-curves" aria-labelledby="run-curves-title">
      <div class="panel-head">
        <h2 id="run-curves-title">Curves</h2>
        <span class="panel-note">{kept.size > 0 ? 'A dot marks the epoch that was kept' : ''}</span>
      </div>
      <div class="run-charts">
        <RunChart title="Loss" curves={lossCurves(shown)} logarithmic kept={kept} />
        <RunChart
          title="R² on validation images"
          curves={scores}
          yMin={yMin}
          kept={kept}
          {...(possible !== undefined && { level: possible })}
        />
        {shown.some(({ run }) => curveOf(run.history, 'learning_rate').length > 1) && (
          <RunChart title="Learning rate" curves={rates} logarithmic kept={new Map()} />
        )}
      </div>
    </section>
  );
}
