import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFolder } from '@kanrecon/training/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTraining } from './read-training.js';

const epoch = (epoch: number) => ({
  ...{ epoch, train_loss: 0.2, val_loss: 0.1, val_mae: 0.1, val_rmse: 0.3, val_r2: null, val_r2_visible: 0.4 },
  ...{ val_r2_per_parameter: { a: 0.4 }, learning_rate: 1e-3, seconds: 1, images_per_second: 9, best: true },
});
const metrics = {
  ...{ name: 'x', finished: true, epochs: 2, steps_in_epoch: 0, parameters: { trainable: 1, total: 2 } },
  ...{ best: epoch(2), last: epoch(2), seconds: 2, images_per_second: 9, backend: 'wasm' },
};
const line = (number: number) => `${JSON.stringify(epoch(number))}\n`;
let folder: ReturnType<typeof runFolder>;
beforeEach(() => {
  folder = runFolder(mkdtempSync(join(tmpdir(), 'kanrecon-report-')));
  writeFileSync(folder.log, line(1) + line(2));
  writeFileSync(folder.metrics, JSON.stringify(metrics));
});
afterEach(() => rmSync(folder.path, { recursive: true }));

/** A last checkpoint that knows the epochs. */
function writeLast() {
  mkdirSync(folder.last);
  const training = { epoch: 2, step: 0, lossSum: 0, images: 0, seconds: 0, history: [epoch(1), epoch(2)] };
  writeFileSync(join(folder.last, 'config.json'), JSON.stringify({ extra: { training } }));
}

const epochs = async () => (await readTraining(folder)).history.map(({ epoch }) => epoch);
const notes = async () => (await readTraining(folder)).notes;

describe('what the files of a run tell of its training', () => {
  it('is all of it', async () => {
    expect(await readTraining(folder)).toMatchObject({ summary: { seconds: 2 }, notes: [] });
    expect(await epochs()).toEqual([1, 2]);
  });

  it('is said where the log is missing, empty or cannot be read', async () => {
    rmSync(folder.log);
    expect(await notes()).toEqual(['The curves of training are not known: the run has no log.jsonl.']);
    writeFileSync(folder.log, '');
    expect(await notes()).toEqual(['The curves of training are not known: log.jsonl of the run is empty.']);
    rmSync(folder.log);
    mkdirSync(folder.log);
    expect(await notes()).toEqual([
      'The curves of training are not known: log.jsonl of the run: this is a folder, not a file.',
    ]);
    expect(await epochs()).toEqual([]);
  });

  it('is said where the log is damaged, and what is drawn instead', async () => {
    writeFileSync(folder.log, `${line(1)}{"epoch": 2`);
    const damage = 'n log.jsonl of the run, line 2 is damaged: it cannot be read as JSON';
    expect(await notes()).toEqual([`The curves of training are not known: i${damage}.`]);
    expect(await epochs()).toEqual([]);
    writeLast();
    expect(await notes()).toEqual([`I${damage}; the curves are those of the last checkpoint.`]);
    expect(await epochs()).toEqual([1, 2]);
  });

  it('is said where the summary is missing or damaged', async () => {
    writeFileSync(folder.metrics, '{');
    expect(await notes()).toEqual(['How long training took is not known: metrics.json of the run is damaged.']);
    rmSync(folder.metrics);
    expect(await notes()).toEqual([
      'How long training took is not known: the run has no metrics.json, which is written when training ends.',
    ]);
  });
});
