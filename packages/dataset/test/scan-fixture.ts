import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { DatasetError, type ProblemKind } from '../src/dataset-error.js';
import { scanDataset } from '../src/node/scan-dataset.js';

/** A folder that is empty before each test, and what tests ask of a data set in it that is `writeSmallDataset`'s but for one thing. */
export function scanFixture() {
  const dir = temporaryFolder();
  beforeEach(() => {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  async function refusal(...args: Parameters<typeof scanDataset>): Promise<DatasetError> {
    const error = await scanDataset(...args).then(
      () => new Error('scanDataset took the data set'),
      (reason) => reason,
    );
    if (!(error instanceof DatasetError)) throw error;
    return error;
  }

  /** The data set is refused for one problem, and with `skip` loses `lost` of its eight samples. */
  async function expectProblem(kind: ProblemKind, path: string, message: string, lost: number, checkImages = false) {
    const error = await refusal(dir, { checkImages });
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]).toMatchObject({ kind, path });
    expect(error.problems[0].message).toContain(message);
    expect(error.message).toContain(`(1 ${kind})`);
    expect(error.message).toContain(path);
    const { samples, problems } = await scanDataset(dir, { checkImages, onInvalid: 'skip' });
    expect(problems).toEqual(error.problems);
    expect(samples).toHaveLength(8 - lost);
  }

  const image = (name: string, split = 'train') => join(dir, split, 'images', `3DfORMULA_${name}.png`);
  const label = (name: string, split = 'train') => join(dir, split, 'labels', `param_3DfORMULA_${name}.json`);

  return { dir, image, label, refusal, expectProblem };
}
