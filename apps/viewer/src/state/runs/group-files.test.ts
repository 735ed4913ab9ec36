import { describe, expect, it } from 'vitest';
import { groupFiles } from './group-files.js';

describe('groupFiles', () => {
  it('finds runs with the evaluations below them', () => {
    const { runs, problems } = groupFiles([
      ...['r/a/log.jsonl', 'r/a/metrics.json', 'r/a/config.json', 'r/a/best/config.json', 'r/b/log.jsonl'],
      ...['r/a/evaluation/x-test/evaluation.json', 'r/a/evaluation/x-test/predictions.csv'],
    ]);
    expect(problems).toEqual([]);
    const evaluation = {
      folder: 'r/a/evaluation/x-test/',
      evaluation: 'r/a/evaluation/x-test/evaluation.json',
      predictions: 'r/a/evaluation/x-test/predictions.csv',
    };
    const configs = ['r/a/best/config.json', 'r/a/config.json'];
    expect(runs).toEqual([
      { folder: 'r/a/', log: 'r/a/log.jsonl', metrics: 'r/a/metrics.json', configs, evaluations: [evaluation] },
      { folder: 'r/b/', log: 'r/b/log.jsonl', configs: [], evaluations: [] },
    ]);
  });

  it('takes files by themselves for one run, and an evaluation without a run for one', () => {
    const loose = groupFiles(['log.jsonl', 'evaluation.json', 'predictions.csv']).runs;
    expect(loose).toMatchObject([{ folder: '', log: 'log.jsonl', evaluations: [{ folder: '' }] }]);
    const alone = groupFiles(['out/evaluation.json', 'out/predictions.csv']).runs;
    expect(alone).toMatchObject([{ folder: 'out/', evaluations: [{ folder: 'out/' }] }]);
    expect(groupFiles(['weights.bin', 'a.png']).runs).toEqual([]);
  });

  it('names half an evaluation', () => {
    const { runs, problems } = groupFiles(['out/predictions.csv']);
    expect(runs).toEqual([]);
    expect(problems).toEqual([
      '“out/predictions.csv” is one half of an evaluation; open it together with evaluation.json, which lies beside it.',
    ]);
  });
});
