import { describe, expect, it } from 'vitest';
import { refinedChanges } from '../report/refined-rows.js';
import { parseCsv } from './parse-csv.js';
import { parseRunLog } from './parse-run-log.js';
import { parseEvaluation } from './run-evaluation.js';
import { parsePredictions } from './run-predictions.js';
import { parseRunSummary } from './run-summary.js';

const record = (epoch: number) => ({
  ...{ epoch, train_loss: 1 / epoch, val_loss: 2 / epoch, val_mae: 1, val_rmse: 1, val_r2: null, val_r2_visible: 0.5 },
  ...{ val_r2_per_parameter: {}, learning_rate: 1e-3, seconds: 2, images_per_second: 6, best: true },
});
const lines = [1, 2, 3].map((epoch) => JSON.stringify(record(epoch)));

describe('parseRunLog', () => {
  it('has an epoch of each line', () => {
    expect(parseRunLog(`${lines.join('\r\n')}\n\n`)).toEqual({ history: [1, 2, 3].map(record) });
    expect(parseRunLog('')).toEqual({ history: [] });
  });

  it.each([
    ['{"epoch": 2, "train_l', 'line 2 is damaged: it cannot be read as JSON'],
    ['{"epoch": 2}', 'line 2 is damaged: train_loss is wrong; expected a number, got nothing'],
    [lines[1]!.replace('"val_loss":1', '"val_loss":"NaN"'), /^line 2 is damaged: val_loss is wrong; expected/],
    [lines[1]!.replace('"val_loss":1', '"val_loss":NaN'), 'line 2 is damaged: it cannot be read as JSON'],
  ])('keeps what comes before a line that is damaged: %s', (line, damage) => {
    const read = parseRunLog([lines[0], line, lines[2]].join('\n'));
    expect(read.history).toEqual([record(1)]);
    expect(read.damage).toMatch(damage);
  });
});

it('parseRunSummary takes what training writes, and nothing else', () => {
  const summary = {
    ...{ name: 'N', finished: true, epochs: 1, steps_in_epoch: 0, parameters: { trainable: 1, total: 2 } },
    ...{ best: record(1), last: record(1), seconds: 2, images_per_second: 3, backend: 'wasm' },
  };
  expect(parseRunSummary(JSON.stringify(summary))).toEqual(summary);
  for (const other of ['', '{}', 'null', JSON.stringify({ ...summary, seconds: null })]) {
    expect(parseRunSummary(other)).toBeUndefined();
  }
});

describe('parseEvaluation', () => {
  const four = (value: number | null) => ({ mae: value, mse: value, rmse: value, r2: value });
  const evaluation = {
    ...{ name: 'N', checkpoint: 'best', split: 'test', images: 1, surface: 's', scene: 'study', dataset: '../data' },
    scores: {
      ...{ ...four(0.1), r2: null, r2Visible: null, visible: ['a'] },
      perParameter: [{ name: 'a', ...four(0.1), r2: null }],
      combinations: [],
    },
    bestPossible: { draws: 3, ...four(1), perParameter: [{ name: 'a', ...four(1) }] },
    limits: { invisible: [], invariances: [], unexplained: 0, undecided: 0, summary: ['Nothing.'], combinations: [] },
  };

  it('has no number where none is defined, and leaves out what it does not know', () => {
    const read = parseEvaluation(JSON.stringify({ ...evaluation, camera: 1 }));
    if (typeof read === 'string') throw new Error(read);
    expect(read.scores.r2).toBeNaN();
    expect(read.scores.perParameter[0]).toEqual({ name: 'a', ...four(0.1), r2: Number.NaN });
    expect(read.bestPossible!.perParameter[0]!.r2).toBe(1);
    expect(read).not.toHaveProperty('camera');
    expect(read).not.toHaveProperty('intervals');
    expect(parseEvaluation(JSON.stringify({ ...evaluation, bestPossible: null }))).toMatchObject({
      bestPossible: null,
    });
  });

  const shares = { coverage: 0.5, lower: 0.1, upper: 0.9, samples: 1, meanWidth: 1 };
  const refined = {
    ...{ images: 1, found: 1, budget: 500, renderings: 480, secondsPerImage: 2.5, network: evaluation.scores },
    scores: evaluation.scores,
    shown: { names: ['a'], r2Network: null, r2Refined: null },
    coverage: [{ name: 'a', levels: { '50': shares, '90': shares } }],
    camera: { refined: { medianDegrees: 1, p90Degrees: 2 } },
  };

  it('reads what refinement made of the answers, and says what is wrong with that', () => {
    const of = (change: object) =>
      parseEvaluation(JSON.stringify({ ...evaluation, refined: { ...refined, ...change } }));
    const read = of({});
    if (typeof read === 'string') throw new Error(read);
    expect(read.refined).toMatchObject({ found: 1, renderings: 480, shown: { r2Refined: Number.NaN } });
    expect(read.refined!.scores.perParameter[0]!.r2).toBeNaN();
    expect(refinedChanges(read.refined!)[0]).toMatchObject({ name: 'a', held: { 50: 0.5, 90: 0.5 } });
    expect(of({ images: 0 })).toMatch(/^refined.images is wrong; expected .*, got 0$/);
    expect(of({ renderings: null })).toBe('refined.renderings is wrong; expected a number, got null');
    expect(of({ scores: { ...evaluation.scores, perParameter: 3 } })).toMatch(/^refined.scores.perParameter is wrong/);
    expect(of({ coverage: [{ name: 'a', levels: { '50': shares } }] })).toMatch(
      /^refined.coverage.0.levels.90 is wrong/,
    );
    expect(of({ images: 2 })).toBe('refined is wrong; 1 of 2 refined images cannot be found among 1');
    const others = { ...evaluation.scores, perParameter: [{ name: 'b', ...four(1) }] };
    expect(of({ scores: others })).toBe('the tables of refined are not of its parameters');
    expect(of({ network: { ...evaluation.scores, combinations: [{ name: 'a·b', ...four(1) }] } })).toBe(
      'the tables of refined are not of its parameters',
    );
  });

  it('says what is wrong', () => {
    const wrong = (change: object) => parseEvaluation(JSON.stringify({ ...evaluation, ...change }));
    expect(parseEvaluation('{')).toBe('it cannot be read as JSON');
    expect(wrong({ scores: undefined })).toMatch(/^scores is wrong; expected an object .*, got nothing$/);
    expect(wrong({ split: 'all' })).toMatch(/^split is wrong; expected/);
    expect(wrong({ scores: { ...evaluation.scores, perParameter: [{ name: 'a' }] } })).toMatch(/perParameter.0.mae/);
    const others = { ...evaluation.bestPossible, perParameter: [{ name: 'b', ...four(1) }] };
    expect(wrong({ bestPossible: others })).toBe('its tables are not of the same parameters');
  });
});

describe('parsePredictions', () => {
  const table = 'image_file,shape,view,mse,rmse,a_real,a_predicted\n"x, ""1"".png",3,1,0.25,0.5,1,1.5\n';

  const refinedTable =
    'image_file,shape,view,mse,rmse,a_real,a_predicted,refined_a,low90_a,high90_a,found\nx,1,1,1,1,1,1,6,5,7,';

  it('reads what refinement made of an image', () => {
    const [row] = parsePredictions(`${refinedTable}false`);
    expect(row).toMatchObject({ refined: { values: { a: { mean: 6, interval90: [5, 7] } }, found: false } });
    const empty = refinedTable.replace('6,5,7', ',,');
    expect((parsePredictions(empty) as readonly object[])[0]).not.toHaveProperty('refined');
  });

  it('reads cells that are quoted', () => {
    expect(parseCsv('a,"b\nc",\r\n\n"""",d,e')).toEqual([
      ['a', 'b\nc', ''],
      ['"', 'd', 'e'],
    ]);
    expect(parsePredictions(table)).toEqual([
      { image: 'x, "1".png', shape: 3, view: 1, mse: 0.25, rmse: 0.5, real: { a: 1 }, predicted: { a: 1.5 } },
    ]);
  });

  it.each([
    ['', 'its column image_file is missing'],
    [table.replace('a_predicted', 'b'), 'its column a_predicted is missing'],
    [table.replace('1.5', ''), 'in row 2, a_predicted is no number: ""'],
    [table.replace('0.25', 'NaN'), 'in row 2, mse is no number: "NaN"'],
    [table.replace(',1.5', ''), 'row 2 has 6 cells and not 7'],
    [table.split('\n')[0]!, 'it has no rows'],
    [
      'image_file,shape,view,mse,rmse,a_real,a_predicted,found,refined_a\nx,1,1,1,1,1,1,true,1',
      'its column low90_a is missing',
    ],
    [
      'image_file,shape,view,mse,rmse,a_real,a_predicted,refined_a,low90_a,high90_a\nx,1,1,1,1,1,1,1,0,2',
      'its column found is missing',
    ],
    [`${refinedTable}maybe`, 'in row 2, found is neither true nor false: "maybe"'],
    [`${refinedTable.replace(',5,', ',,')}true`, 'in row 2, low90_a is no number: ""'],
    ['image_file,shape,view,mse,rmse\nx,1,1,1,1', 'it has no parameters: no column ends in _real'],
  ])('says what is wrong with %j', (text, why) => {
    expect(parsePredictions(text)).toBe(why);
  });
});
