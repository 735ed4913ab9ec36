import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from '@kanrecon/training/node';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { runFiles } from './run-files.js';

const four = { mae: 0, mse: 0, rmse: 0, r2: 1 };
const evaluation = {
  ...{ name: 'N', checkpoint: 'best', split: 'test', images: 1, surface: 's', scene: 'study' },
  dataset: '../../../data',
  scores: { ...four, r2Visible: 1, visible: [], perParameter: [{ name: 'a', ...four }], combinations: [] },
  bestPossible: null,
  limits: { invisible: [], invariances: [], unexplained: 0, undecided: 0, summary: [] },
};

it('hands out what a run has, as it is at that moment, and nothing else', async () => {
  const root = temporaryFolder();
  const run = join(root, 'run');
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('run/config.json', '{}');
  write('run/best/weights.bin', 'secret');
  write('secret.json', 'secret');
  const image = '3DfORMULA_1_vers0.png';
  const files = runFiles([{ name: 'größe', folder: runFolder(run) }]);
  const read = async (path: string) => Buffer.from((await files.get(path)?.()) ?? []).toString();
  const list = async () => JSON.parse(await read('runs/list.json'));
  expect(await list()).toEqual({ runs: [{ name: 'größe', files: ['config.json'], evaluations: [] }] });
  // What comes while the page is served.
  write('run/log.jsonl', 'one epoch');
  write('run/evaluation/data-test/evaluation.json', JSON.stringify(evaluation));
  write('run/evaluation/data-test/predictions.csv', 'table');
  write('run/evaluation/half/evaluation.json', '{}');
  write(`data/test/images/${image}`, 'pixels');
  write('data/test/images/other.png', 'secret');
  expect(await list()).toEqual({
    runs: [{ name: 'größe', files: ['config.json', 'log.jsonl'], evaluations: ['data-test'] }],
  });
  expect(await read('runs/größe/log.jsonl')).toBe('one epoch');
  expect(await read('runs/größe/evaluation/data-test/predictions.csv')).toBe('table');
  expect(await read(`runs/größe/evaluation/data-test/images/${image}`)).toBe('pixels');
  for (const path of [
    ...['runs/other/log.jsonl', 'runs/größe/best/weights.bin', 'runs/größe/../../secret.json', 'models/list.json'],
    ...['runs/größe/evaluation/../config.json', 'runs/größe/evaluation/data-test/images/other.png', 'runs/größe'],
    ...['runs/größe/evaluation/data-test/secret.json', 'runs/größe/evaluation/../log.jsonl/evaluation.json'],
  ]) {
    expect(files.get(path), path).toBeUndefined();
  }
  await expect(read('runs/größe/metrics.json')).rejects.toThrow('ENOENT');
});
