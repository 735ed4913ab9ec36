import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../tests/temporary-folder.js';
import { type EpochRecord, initialState, toJson } from '../../loop/training-state.js';
import { readRunLog } from './read-run-log.js';
import { type RunFolder, runFolder } from './run-folder.js';

let folder: RunFolder;
beforeEach(() => {
  folder = runFolder(temporaryFolder());
});
afterEach(() => rmSync(folder.path, { recursive: true }));

const history = [1, 2, 3].map(
  (epoch): EpochRecord => ({
    ...{
      epoch,
      train_loss: 1 / epoch,
      val_loss: 2 / epoch,
      val_mae: 1,
      val_rmse: 1,
      val_r2: null,
      val_r2_visible: 0.5,
    },
    ...{ val_r2_per_parameter: { B: 0.5 }, learning_rate: 1e-3, seconds: 2, images_per_second: 6, best: true },
  }),
);
const lines = history.map((record) => JSON.stringify(record));

it('asks the last checkpoint where the log is damaged, and names the line where that is gone too', async () => {
  expect(await readRunLog(folder)).toEqual([]);
  writeFileSync(folder.log, `${lines.join('\n')}\n`);
  expect(await readRunLog(folder)).toEqual(history);
  writeFileSync(folder.log, [lines[0], lines[1]!.slice(0, 40), lines[2]].join('\n'));
  mkdirSync(folder.last);
  const extra = toJson({ ...initialState(), epoch: 3, history });
  writeFileSync(join(folder.last, 'config.json'), JSON.stringify({ extra }));
  const told: string[] = [];
  expect(await readRunLog(folder, (reason) => told.push(reason))).toEqual(history);
  expect(told).toEqual(['line 2 is damaged: it cannot be read as JSON']);
  rmSync(folder.last, { recursive: true });
  await expect(readRunLog(folder)).rejects.toMatchObject({
    code: 'unusable-run',
    details: { file: folder.log, reason: expect.stringMatching(/^line 2 is damaged: it cannot be read as JSON/) },
  });
  writeFileSync(folder.log, `${JSON.stringify({ ...history[0], val_loss: null })}\n`);
  await expect(readRunLog(folder)).rejects.toThrow(/line 1 is damaged: val_loss is wrong; expected a number, got null/);
});
