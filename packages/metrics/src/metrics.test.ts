import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { meanAbsoluteError } from './mean-absolute-error.js';
import { meanSquaredError } from './mean-squared-error.js';
import { r2Score } from './r2-score.js';
import { regressionReport } from './regression-report.js';
import { rootMeanSquaredError } from './root-mean-squared-error.js';

interface GoldenCase {
  name: string;
  yTrue: number[][];
  yPred: number[][];
  sampleWeight: number[] | null;
  expected: Record<string, number | number[]>;
}

// scikit-learn 1.2's results.
const golden: GoldenCase[] = JSON.parse(readFileSync(new URL('../test/golden/metrics.json', import.meta.url), 'utf8'));

/** Within 1e-9, relative for numbers above 1. */
function expectClose(actual: number | number[], expected: number | number[]): void {
  const [a, e] = [[actual].flat(), [expected].flat()];
  expect(a).toHaveLength(e.length);
  a.forEach((value, i) => {
    expect(Math.abs(value - e[i]), `${value} against ${e[i]}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(e[i])));
  });
}

describe.each(golden)('golden: $name', ({ yTrue, yPred, sampleWeight, expected }) => {
  const rows = sampleWeight === null ? {} : { sampleWeight };
  const raw = { ...rows, multioutput: 'rawValues' } as const;

  it('gives every number of scikit-learn', () => {
    const checked = {
      mae: meanAbsoluteError(yTrue, yPred, rows),
      maePerOutput: meanAbsoluteError(yTrue, yPred, raw),
      mse: meanSquaredError(yTrue, yPred, rows),
      msePerOutput: meanSquaredError(yTrue, yPred, raw),
      'rmseOfMeanMse (the square root of mse, as the seed computes it)': regressionReport(yTrue, yPred, undefined, rows)
        .rmse,
      rmsePerOutput: rootMeanSquaredError(yTrue, yPred, raw),
      r2UniformAverage: r2Score(yTrue, yPred, rows),
      r2PerOutput: r2Score(yTrue, yPred, raw),
      r2VarianceWeighted: r2Score(yTrue, yPred, { ...rows, multioutput: 'varianceWeighted' }),
    };
    expect(Object.keys(checked).sort()).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(checked)) expectClose(value, expected[key]);
  });

  it('gives the same for flat data with a shape and for typed rows', () => {
    const shape = [yTrue.length, yTrue[0].length] as const;
    const flat = { data: Float64Array.from(yTrue.flat()), shape };
    const typed = yPred.map((row) => Float64Array.from(row));
    expect(r2Score(flat, typed, raw)).toEqual(r2Score(yTrue, yPred, raw));
    expect(meanAbsoluteError(flat, typed, raw)).toEqual(meanAbsoluteError(yTrue, yPred, raw));
  });
});

// Computed with scikit-learn 1.2.1; its squared=False for the roots.
const y = [
  [0.5, 1],
  [-1, 1],
  [7, -6],
  [2, 3],
];
const p = [
  [0, 2],
  [-1, 2],
  [8, -5],
  [2.5, 2.75],
];

describe('multioutput and sampleWeight, against scikit-learn 1.2.1', () => {
  it('weights outputs', () => {
    const weighted = { multioutput: [0.3, 0.7] };
    expectClose(r2Score(y, p, weighted), 0.941709151866116);
    expectClose(rootMeanSquaredError(y, p), 0.7436862178478972);
    expectClose(rootMeanSquaredError(y, p, weighted), 0.7962117307087383);
    expectClose(meanAbsoluteError(y, p, { multioutput: [2, -1] }), 0.1875);
    expectClose(meanSquaredError(y, p, { multioutput: [2, -1] }), -0.015625);
    expectClose(r2Score(y, p, { multioutput: [2, -1] }), 0.9826064669862292);
  });

  it('takes negative and zero sample weights', () => {
    const sampleWeight = [1, -0.25, 2, 0];
    expectClose(meanAbsoluteError(y, p, { sampleWeight }), 0.9545454545454546);
    expectClose(meanSquaredError(y, p, { sampleWeight, multioutput: 'rawValues' }), [0.8181818181818182, 1]);
    expectClose(r2Score(y, p, { sampleWeight }), 0.8889876347650973);
  });

  it('is not finite for constant targets when asked', () => {
    const raw = { forceFinite: false, multioutput: 'rawValues' } as const;
    const targets = [
      [2, 1],
      [2, 2],
      [2, 4],
    ];
    const right = r2Score(
      targets,
      [
        [2, 1],
        [2, 2],
        [2, 5],
      ],
      raw,
    );
    const wrong = r2Score(
      targets,
      [
        [2, 1],
        [2, 2],
        [3, 5],
      ],
      raw,
    );
    expect(right[0]).toBeNaN();
    expect(wrong[0]).toBe(Number.NEGATIVE_INFINITY);
    expectClose([right[1], wrong[1]], [0.7857142857142857, 0.7857142857142857]);
  });

  it('is −Infinity, not NaN, when the targets hardly differ and the errors do', () => {
    expect(r2Score([0, 1e-160], [1, 1])).toBe(Number.NEGATIVE_INFINITY);
  });

  it('has no R² for one sample', () => {
    expect(r2Score([1], [1])).toBeNaN();
    expect(r2Score([[1, 2]], [[1, 2]], { multioutput: 'rawValues' })).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('numbers', () => {
  it('sees that a constant target is constant even when its sum rounds', () => {
    const targets = new Array(1000).fill(0.1);
    expect(r2Score(targets, targets)).toBe(1);
    expect(
      r2Score(
        targets,
        targets.map((value) => value + 1e-3),
        { sampleWeight: targets },
      ),
    ).toBe(0);
  });

  it('keeps its digits when many small terms follow a large one', () => {
    const terms = [1e16, ...new Array(1000).fill(1)];
    expect(meanAbsoluteError(terms, new Array(1001).fill(0))).toBe((1e16 + 1000) / 1001);
  });

  it('has the properties of the definitions', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const samples = fc.array(fc.record({ truth: value, guess: value, weight: fc.integer({ min: 1, max: 5 }) }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(samples, (list) => {
        const truth = list.map((s) => s.truth);
        const guess = list.map((s) => s.guess);
        const sampleWeight = list.map((s) => s.weight);
        // An integer weight is that many copies of the sample.
        const copies = <T>(values: T[]) => values.flatMap((v, i) => new Array<T>(sampleWeight[i]).fill(v));
        for (const metric of [meanAbsoluteError, meanSquaredError, rootMeanSquaredError]) {
          const weighted = metric(truth, guess, { sampleWeight });
          const copied = metric(copies(truth), copies(guess));
          expect(Math.abs(weighted - copied)).toBeLessThanOrEqual(1e-9 * Math.abs(copied) + 1e-150); // squares of 1e-160 underflow
          expect(metric(truth, truth)).toBe(0);
        }
        expect(r2Score(truth, truth)).toBe(1);
        expect(r2Score(truth, guess)).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  it('has the result type that multioutput says', () => {
    expectTypeOf(r2Score([1, 2], [1, 2])).toEqualTypeOf<number>();
    expectTypeOf(r2Score([1, 2], [1, 2], { sampleWeight: [1, 1] })).toEqualTypeOf<number>();
    expectTypeOf(r2Score(y, p, { multioutput: 'rawValues' })).toEqualTypeOf<number[]>();
    expectTypeOf(meanSquaredError(y, p, { multioutput: [1, 2] })).toEqualTypeOf<number>();
  });
});

describe('regressionReport', () => {
  it('holds what the metrics give', () => {
    const report = regressionReport(y, p, ['a', 'b']);
    expect(report.perOutput.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(report.perOutput.map(({ mae }) => mae)).toEqual(meanAbsoluteError(y, p, { multioutput: 'rawValues' }));
    expect(report.perOutput.map(({ mse }) => mse)).toEqual(meanSquaredError(y, p, { multioutput: 'rawValues' }));
    expect(report.perOutput.map(({ rmse }) => rmse)).toEqual(rootMeanSquaredError(y, p, { multioutput: 'rawValues' }));
    expect(report.perOutput.map(({ r2 }) => r2)).toEqual(r2Score(y, p, { multioutput: 'rawValues' }));
    expect(report.r2).toBe(r2Score(y, p));
    expect(report.rmse).toBe(Math.sqrt(report.mse));
    expect(regressionReport(y, p).perOutput[1].name).toBe('output 1');
  });

  it('refuses a wrong number of names', () => {
    expect(() => regressionReport(y, p, ['a'])).toThrow('expected one per output, 2, got 1');
  });
});

describe('errors', () => {
  it.each<[string, () => unknown, string]>([
    [
      'samples',
      () => meanAbsoluteError([1, 2], [1]),
      'meanAbsoluteError: yTrue and yPred have different numbers of samples',
    ],
    ['outputs', () => meanSquaredError(y, [1, 2, 3, 4]), 'different numbers of outputs; expected 2, got 1'],
    ['no samples', () => r2Score([], []), 'r2Score: yTrue is empty'],
    ['ragged rows', () => r2Score([[1, 2], [1]], y), 'row 1 of yTrue has another length; expected 2, got 1'],
    ['NaN', () => r2Score([1, 2], [1, Number.NaN]), 'sample 1, output 0 of yPred must be a finite number, got NaN'],
    [
      'Infinity',
      () => r2Score([1, Infinity], [1, 2]),
      'sample 1, output 0 of yTrue must be a finite number, got Infinity',
    ],
    ['null', () => r2Score([1, null as unknown as number], [1, 0]), 'sample 1, output 0 of yTrue'],
    [
      'null in flat data',
      () => r2Score({ data: [1, null as unknown as number], shape: [2, 1] }, [1, 0]),
      'sample 1, output 0 of yTrue must be a finite number, got NaN',
    ],
    [
      'null weight',
      () => r2Score(y, p, { sampleWeight: [1, null as unknown as number, 1, 1] }),
      'sample weight 1 must',
    ],
    ['nothing', () => r2Score(undefined as unknown as number[], [1]), 'r2Score: yTrue must be an array'],
    ['negative shape', () => r2Score({ data: [1], shape: [-1, -1] }, [1]), 'the shape of yTrue does not fit'],
    ['samples of a report', () => regressionReport([1, 2], [1]), 'regressionReport: yTrue and yPred have different'],
    ['shape', () => r2Score({ data: [1, 2, 3], shape: [2, 2] }, y), 'expected 2 × 2 numbers, got 3'],
    ['number of weights', () => r2Score(y, p, { sampleWeight: [1] }), 'expected one per sample, 4, got 1'],
    [
      'NaN weight',
      () => r2Score(y, p, { sampleWeight: [1, 1, Number.NaN, 1] }),
      'sample weight 2 must be a finite number',
    ],
    ['weights of sum zero', () => r2Score(y, p, { sampleWeight: [1, -1, 0, 0] }), 'the sample weights sum to zero'],
    ['output weights', () => r2Score(y, p, { multioutput: [1] }), 'expected one per output, 2, got 1'],
    ['output weights of sum zero', () => r2Score(y, p, { multioutput: [1, -1] }), 'not sum to zero'],
    ['output weights for one output', () => r2Score([1, 2], [1, 2], { multioutput: [1] }), 'need several outputs'],
    [
      'a word',
      () => meanAbsoluteError(y, p, { multioutput: 'varianceWeighted' as 'rawValues' }),
      'expected uniformAverage, rawValues, or an array of weights, got "varianceWeighted"',
    ],
  ])('names wrong %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
