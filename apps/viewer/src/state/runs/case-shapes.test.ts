import { surfaceByName } from '@kanrecon/geometry';
import type { RunPrediction } from '@kanrecon/training/report';
import { describe, expect, it } from 'vitest';
import { caseDistances } from './case-distances.js';
import { caseErrors } from './case-errors.js';
import { caseShapes } from './case-shapes.js';
import { caseKey, casesOf } from './cases.js';
import type { ScoredRun } from './scatters.js';

const { parameters } = surfaceByName('vase');
const values = (share: number) =>
  Object.fromEntries(parameters.map(({ name, min, max }) => [name, min + share * (max - min)]));
/** A case whose answers are off by a share of the range. */
const prediction = (shape: number, off: number, after?: number): RunPrediction => ({
  ...{
    image: `${shape}.png`,
    shape,
    view: 0,
    mse: off ** 2,
    rmse: off,
    real: values(0.5),
    predicted: values(0.5 + off),
  },
  ...(after !== undefined && {
    refined: {
      values: Object.fromEntries(
        Object.entries(values(0.5 + after)).map(([name, mean]) => [name, { mean, interval90: [mean, mean] as const }]),
      ),
      found: after < 0.2,
    },
  }),
});
const predictions = [prediction(1, 0.1, 0.05), prediction(2, 0.2), prediction(3, 0.05, 0.3)];
const evaluation = { scene: 's', told: { surface: 'vase' }, predictions, parameters };
const scored = [{ run: { key: 'k', name: 'r' }, color: 0, evaluation }] as unknown as ScoredRun[];
const evaluations = scored.map((one) => one.evaluation);

describe('cases that were refined', () => {
  it('are gone through by their errors after refinement, and the others last', () => {
    const order = casesOf(evaluations, 'refined').map(({ shape, refinedRmse }) => [shape, refinedRmse?.toFixed(3)]);
    expect(order).toEqual([
      [3, '0.300'],
      [1, '0.050'],
      [2, undefined],
    ]);
    expect(casesOf(evaluations, 'worst').map(({ shape }) => shape)).toEqual([2, 1, 3]);
  });

  it('say in words how wrong they are', () => {
    const words = casesOf(evaluations, 'number').map((item) => caseErrors(item, scored)[0]!.words);
    expect(words).toEqual([
      'RMSE 0.100 on the normalised parameters, 0.050 after refinement; found: the rendering explains the image.',
      'RMSE 0.200 on the normalised parameters.',
      'RMSE 0.050 on the normalised parameters, 0.300 after refinement; not found: the rendering does not explain the image.',
    ]);
  });

  it('have meshes within the ranges, of surfaces that are known', () => {
    const far = { ...evaluation, predictions: [prediction(1, 9, 0.1)] };
    const runs = [{ ...scored[0]!, evaluation: far }] as unknown as ScoredRun[];
    const [item] = casesOf([runs[0]!.evaluation], 'number');
    const shapes = caseShapes(item!, runs, new Map());
    expect(shapes.map(({ label }) => label)).toEqual(['r, refined', 'r']);
    expect(shapes[1]!.found).toEqual(Object.fromEntries(parameters.map(({ name, max }) => [name, max])));
    const other = [{ ...scored[0]!, evaluation: { ...evaluation, told: { surface: 'unknown' } } }];
    expect(caseShapes(item!, other as unknown as ScoredRun[], new Map())).toEqual([]);
    expect(caseDistances({ ...item!, key: caseKey(evaluation, predictions[1]!) }, scored)).toEqual([]);
  });
});
