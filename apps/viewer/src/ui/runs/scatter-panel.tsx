import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { scoredRuns } from '../../state/runs/runs.js';
import { scattersOf } from '../../state/runs/scatters.js';
import { ScatterView } from './scatter-view.js';

/** Predicted against real values, a plot for each parameter; what is chosen in one is chosen in all. */
export function ScatterPanel(): JSX.Element | null {
  const scored = scoredRuns.value;
  const scatters = useMemo(() => scattersOf(scored), [scored]);
  if (scored.length === 0) return null;
  const framed = scatters.some(({ ofReal }) => ofReal)
    ? 'the range of the real values where the surface is not known here, else the parameter’s'
    : 'the parameter’s range';
  return (
    <section class="panel run-scatters" aria-labelledby="run-scatters-title">
      <div class="panel-head">
        <h2 id="run-scatters-title">Predicted against real</h2>
      </div>
      <p class="hint">
        One point an image: on the dashed line the prediction is right, the frame is {framed}. Choose a point to see its
        image; it is ringed in every plot.
      </p>
      <div class="scatter-grid">
        {scatters.map((scatter) => (
          <ScatterView key={scatter.name} scatter={scatter} several={scored.length > 1} />
        ))}
      </div>
    </section>
  );
}
