import { afterEach, describe, expect, it } from 'vitest';
import { openedRuns } from '../../state/runs/runs.js';
import { notices } from '../../state/store.js';
import { openRuns } from './open-runs.js';

const scores = { mae: 0.1, mse: 0.25, rmse: 0.5, r2: 0.5 };
const evaluation = JSON.stringify({
  ...{ name: 'N', checkpoint: 'best', split: 'test', images: 2, surface: 'spiral-cylinder', scene: 's', dataset: 'd' },
  scores: {
    ...scores,
    ...{ r2Visible: 0.5, visible: ['radius'], perParameter: [{ name: 'radius', ...scores }], combinations: [] },
  },
  bestPossible: null,
  limits: { invisible: [], invariances: [], unexplained: 0, undecided: 0, summary: [] },
});
const predictions =
  'image_file,shape,view,mse,rmse,radius_real,radius_predicted\nx.png,0,0,0.1,0.3,1,2\ny.png,1,0,0.4,0.6,2,3';
const config = (max: number) =>
  JSON.stringify({ format: 'kanrecon-reconstructor', targets: [{ name: 'radius', unit: 'mm', min: 0.8, max }] });

/** A folder that was chosen: where each file lies in it. */
function folder(texts: Record<string, string>): File[] {
  return Object.entries(texts).map(([path, text]) => {
    const file = new File([text], path.slice(path.lastIndexOf('/') + 1));
    return Object.assign(file, { webkitRelativePath: path });
  });
}

const run = {
  'a/metrics.json': '{}',
  'a/config.json': '{"model": {}}',
  'a/evaluation/d-test/evaluation.json': evaluation,
  'a/evaluation/d-test/predictions.csv': predictions,
};
const radius = () => openedRuns.value.map(({ evaluations }) => evaluations[0]!.parameters);

describe('openRuns', () => {
  afterEach(() => {
    openedRuns.value = [];
    expect(notices.value).toEqual([]);
  });

  it('takes the ranges that the run’s own model learned, and the surface’s where nothing tells them', async () => {
    await openRuns(folder({ ...run, 'a/best/config.json': config(4), 'a/last/config.json': config(5) }));
    await openRuns(folder({ ...run, 'a/best/config.json': '{', 'a/last/config.json': config(5) }));
    await openRuns(folder(run));
    expect(radius()).toEqual([
      [{ name: 'radius', unit: 'mm', min: 0.8, max: 4 }],
      [{ name: 'radius', unit: 'mm', min: 0.8, max: 5 }],
      [{ name: 'radius', unit: 'units', min: 0.5, max: 1.5 }],
    ]);
  });
});
