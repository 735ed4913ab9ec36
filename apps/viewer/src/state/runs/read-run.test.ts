import { describe, expect, it } from 'vitest';
import { caseKey, casesOf, placeOf } from './cases.js';
import { epochAxis, linearAxis, logarithmicAxis } from './chart-scale.js';
import { readEvaluation, withRanges } from './read-evaluation.js';
import { readTraining } from './read-run.js';
import { reportScatters, type ScoredRun, scattersOf } from './scatters.js';

const line = (epoch: number) =>
  JSON.stringify({
    ...{ epoch, train_loss: 1, val_loss: 2, val_mae: 1, val_rmse: 1, val_r2: 0.1, val_r2_visible: 0.5 },
    ...{ learning_rate: 1e-3, seconds: 2, images_per_second: 6, best: true },
  });

describe('readTraining', () => {
  it.each([
    [{ log: '' }, 0, ['There are no curves yet: log.jsonl is empty, as before the end of the first epoch.']],
    [{}, 0, ['The curves of training are not known: there is no log.jsonl.']],
    [{ log: `${line(1)}\n${line(2)}` }, 2, []],
    [
      { log: `${line(1)}\n{"epoch": 2,`, metrics: 'NaN' },
      1,
      [
        'In log.jsonl, line 2 is damaged: it cannot be read as JSON; the curves end before it.',
        'How long training took is not known: metrics.json is damaged, or of something else.',
      ],
    ],
  ])('of %j has the epochs and says what is not known', (text, epochs, notes) => {
    const told = readTraining(text);
    expect([told.history.length, told.notes]).toEqual([epochs, notes]);
  });
});

const four = { mae: 0.1, mse: 0.25, rmse: 0.5, r2: 0.5 };
const evaluation = (change: object = {}) =>
  JSON.stringify({
    ...{ name: 'N', checkpoint: 'last', split: 'test', images: 2, surface: 'mine', scene: 's', dataset: '../../d' },
    scores: { ...four, r2Visible: 0.5, visible: ['a'], perParameter: [{ name: 'a', ...four }], combinations: [] },
    bestPossible: null,
    limits: { invisible: [], invariances: [], unexplained: 0, undecided: 0, summary: [] },
    ...change,
  });
const table = (...rows: string[]) => ['image_file,shape,view,mse,rmse,a_real,a_predicted', ...rows].join('\n');
const two = table('y.png,7,0,0.4,0.6,3,5', 'x.png,9,0,0.1,0.3,1,1.5');
const places: string[] = [];
const read = (text = evaluation(), predictions = two) =>
  readEvaluation({ key: 'k', evaluation: text, predictions }, (place) => {
    places.push(place);
    return { kind: 'files', files: new Map() };
  });
const whole = () => {
  const found = read();
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('readEvaluation', () => {
  it('has the best first, and ranges of the real values for a surface that nobody knows', () => {
    const { title, about, predictions, parameters } = whole();
    expect(title).toBe('test of d, last checkpoint');
    expect(about).toBe('2 images of the test split of d, read by the last checkpoint.');
    expect(predictions.map(({ image }) => image)).toEqual(['x.png', 'y.png']);
    expect(places.at(-1)).toBe('d/test/images/');
    expect(parameters).toEqual([{ name: 'a', unit: '', min: 1, max: 3, ofReal: true }]);
    const own = { name: 'a', unit: 'mm', min: 0, max: 8 };
    expect(withRanges(whole(), [own]).parameters).toEqual([{ name: 'a', unit: 'mm', min: 0, max: 8 }]);
    expect(withRanges(whole(), [{ ...own, name: 'b' }]).parameters).toEqual(parameters);
    const known = read(
      evaluation().replaceAll('"a"', '"radius"').replace('mine', 'spiral-cylinder'),
      two.replaceAll('a_', 'radius_'),
    );
    if (typeof known === 'string') throw new Error(known);
    expect(known.parameters).toEqual([{ name: 'radius', unit: 'units', min: 0.5, max: 1.5 }]);
    // A model of the same surface may have learned other ranges.
    expect(withRanges(known, [{ ...own, name: 'radius' }]).parameters).toMatchObject([{ unit: 'mm', min: 0, max: 8 }]);
  });

  it('refuses files that are not of one evaluation', () => {
    const apart = 'evaluation.json and predictions.csv are not of one evaluation: ';
    expect(read(evaluation({ images: 3 }))).toBe(`${apart}there are 2 rows for 3 images`);
    expect(read(evaluation(), two.replaceAll('a_', 'b_'))).toBe(`${apart}one has a, the other b`);
    expect(read(evaluation(), two.replace('0.4', '0.41'))).toBe(
      `${apart}the mean squared error is 0.2500 there and 0.2550 here`,
    );
    expect(read('{}')).toMatch(/^evaluation.json: name is wrong/);
    expect(read(evaluation(), 'a')).toBe('predictions.csv: its column image_file is missing');
  });
});

describe('casesOf', () => {
  it('joins the same images of several runs, in the order that is wanted', () => {
    const first = whole();
    const other = read(
      evaluation({ images: 1, scores: { ...JSON.parse(evaluation()).scores, mse: 0.4 } }),
      table('y.png,7,0,0.4,0.8,3,9'),
    );
    if (typeof other === 'string') throw new Error(other);
    const images = (order: 'worst' | 'best' | 'number') => casesOf([first, other], order).map(({ image }) => image);
    expect(images('worst')).toEqual(['y.png', 'x.png']);
    expect(images('best')).toEqual(['x.png', 'y.png']);
    expect(images('number')).toEqual(['y.png', 'x.png']);
    expect(casesOf([first, other], 'worst')[0]!.rmse).toBeCloseTo(0.7, 12);
    // Of another data set, though its name and numbers are the same.
    const elsewhere = { ...first.predictions[1]!, real: { a: 3.5 } };
    const key = caseKey(first, first.predictions[1]!);
    expect(caseKey(first, elsewhere)).not.toBe(key);
    expect(placeOf(other, key)).toBe(0);
    expect(placeOf(other, caseKey(first, elsewhere))).toBeUndefined();
    // Of another scene, whose shapes come from the same seed.
    const otherScene = read(evaluation({ scene: 't' }));
    if (typeof otherScene === 'string') throw new Error(otherScene);
    expect(placeOf(otherScene, key)).toBeUndefined();
    expect(casesOf([first, otherScene], 'number')).toHaveLength(4);
    expect(casesOf([first, whole()], 'number')).toHaveLength(2);
    const scored = [first, other].map((one, color) => ({
      run: { key: `${color}`, name: `r${color}` },
      color,
      evaluation: one,
    }));
    const [plot] = reportScatters(scattersOf(scored as unknown as ScoredRun[]), key);
    expect(plot!.groups).toEqual([
      {
        name: 'r0',
        series: 0,
        r2: 0.5,
        marked: 1,
        points: [
          [1, 1.5],
          [3, 5],
        ],
      },
      { name: 'r1', series: 1, r2: 0.5, marked: 0, points: [[3, 9]] },
    ]);
  });
});

describe('axes', () => {
  it('hold their values and have few, round ticks', () => {
    expect(linearAxis([-0.31, 0.62, 1], -0.4)).toMatchObject({ from: -0.5, to: 1, ticks: [-0.5, 0, 0.5, 1] });
    expect(linearAxis([0.5, 0.5]).ticks.length).toBeGreaterThan(1);
    for (const values of [[0.1, 0.3], [1e-7, 1e3], [5], [0, 0.2], [0]]) {
      const { from, to, ticks } = logarithmicAxis(values);
      for (const value of values.filter((one) => one > 0)) expect(value > from && value < to).toBe(true);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThan(25);
    }
    const curve = (xs: number[]) => [{ key: '', name: '', color: 0, points: xs.map((x) => [x, 0] as const) }];
    expect(epochAxis(curve([7]), 5)).toEqual({ from: 6.5, to: 7.5, ticks: [7] });
    expect(epochAxis(curve([1, 60]), 6)).toEqual({ from: 1, to: 60, ticks: [10, 20, 30, 40, 50, 60] });
  });
});
