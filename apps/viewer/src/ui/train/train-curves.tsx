import type { JSX } from 'preact';
import { shownCurves } from '../../state/training.js';
import { LineChart } from './line-chart.js';

/** Loss and validation R² of the training that goes on, or was chosen among the kept ones. */
export function TrainCurves(): JSX.Element {
  const shown = shownCurves.value;
  const { curve = [], history = [], possible = null, epochs = 1, imagesAnEpoch = 1 } = shown ?? {};
  const last = history.at(-1);
  const losses = curve.map(({ images, loss }) => ({ x: images / imagesAnEpoch, y: loss }));
  const scores = history.flatMap(({ epoch, val_r2_visible: y }) => (y === null ? [] : [{ x: epoch, y }]));
  const camera = last?.val_camera_degrees?.['rotation'];
  const lastLoss = curve.at(-1)?.loss;
  return (
    <section class="panel train-curves" aria-labelledby="curves-title">
      <h2 id="curves-title" class="visually-hidden">
        Curves
      </h2>
      <LineChart
        title="Loss"
        note={
          lastLoss === undefined
            ? ''
            : `${lastLoss >= 1e4 ? lastLoss.toExponential(1) : Number(lastLoss.toPrecision(3))}, logarithmic`
        }
        points={losses}
        width={epochs}
        logarithmic
      />
      <LineChart
        title="R² on images that it has not seen"
        note={last && last.val_r2_visible !== null ? scoreWords(last.val_r2_visible, possible) : ''}
        points={scores}
        width={epochs}
        {...(possible !== null && { level: possible })}
        dots
      />
      {camera !== undefined && (
        <p class="panel-foot">
          Half of the cameras are found to within <strong>{camera.toFixed(1)}°</strong>.
        </p>
      )}
    </section>
  );
}

function scoreWords(score: number, possible: number | null): string {
  const best = possible === null ? '' : ` of the possible ${possible.toFixed(3)}`;
  return `${score < 0 ? 'below 0' : score.toFixed(3)}${best}`;
}
