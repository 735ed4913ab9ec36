import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSmallDataset } from '../../../../tests/small-dataset.js';
import { scanFixture } from '../../test/scan-fixture.js';
import { scanDataset } from './scan-dataset.js';

const { dir, image, label, refusal, expectProblem } = scanFixture();

/** Of `writeSmallDataset`, were it all drawn with the same settings. */
const manifest = {
  ...{ format: 1, scene: 'study', seed: 1, shapes: 5, viewsPerShape: 1, imageSize: 16 },
  ...{ split: { train: 3, val: 1, test: 1 }, versions: {}, complete: true },
};

describe('scanDataset, what synthesis.json and .import.json say', () => {
  it('reports a synthesis that was interrupted', async () => {
    writeSmallDataset(dir);
    writeFileSync(join(dir, 'synthesis.json'), JSON.stringify({ ...manifest, complete: false }));
    await expectProblem('unfinished-synthesis', join(dir, 'synthesis.json'), 'was interrupted', 0);
  });

  it('reports an import that was interrupted', async () => {
    writeSmallDataset(dir);
    const state = {
      format: 1,
      source: 'good\u001b[2J.zip',
      archive: 'zip',
      listing: 'x',
      files: 16,
      bytes: 1,
      complete: false,
    };
    const path = join(dir, '.import.json');
    writeFileSync(path, JSON.stringify(state));
    await expectProblem('unfinished-import', path, 'the import of good\\u001b[2J.zip was interrupted; run it again', 0);
    writeFileSync(path, JSON.stringify({ ...state, complete: true }));
    expect((await scanDataset(dir)).problems).toEqual([]);
  });

  it('reports views that synthesis.json names and that are not there, in the splits that are read', async () => {
    writeSmallDataset(dir);
    const path = join(dir, 'synthesis.json');
    writeFileSync(path, JSON.stringify(manifest));
    expect((await scanDataset(dir)).problems).toEqual([]);
    writeFileSync(path, JSON.stringify({ ...manifest, viewsPerShape: 2 }));
    const { problems } = await scanDataset(dir, { onInvalid: 'skip' });
    expect(problems.map(({ kind, path }) => [kind, path])).toEqual([
      ['missing-sample', join(dir, 'test')],
      ['missing-sample', join(dir, 'val')],
    ]);
    expect(problems[1].message).toMatch(
      /^1 of the 2 images that synthesis\.json names is there \(3DfORMULA_3_vers1\.png is missing\); "kanrecon synth" with/,
    );
    expect((await scanDataset(dir, { splits: ['train'] })).problems).toEqual([]);
    expect((await refusal(dir, { splits: ['val'] })).message).toContain('(1 missing-sample)');
    // A whole split, and numbers that nobody could go through one by one.
    rmSync(join(dir, 'test'), { recursive: true });
    const huge = { train: 3, val: 1, test: 10 ** 12 };
    writeFileSync(path, JSON.stringify({ ...manifest, shapes: 10 ** 12 + 4, split: huge }));
    const found = await scanDataset(dir, { onInvalid: 'skip' });
    expect(found.problems).toHaveLength(1);
    expect(found.problems[0].message).toMatch(
      /^0 of the 1000000000000 images .* \(3DfORMULA_4_vers0\.png, .*, … are missing/,
    );
  });

  it('does not miss views of shapes that were moved into another split', async () => {
    writeSmallDataset(dir);
    writeFileSync(join(dir, 'synthesis.json'), JSON.stringify(manifest));
    renameSync(image('4_vers0', 'test'), image('4_vers0', 'val'));
    renameSync(label('4_vers0', 'test'), label('4_vers0', 'val'));
    expect((await scanDataset(dir)).problems).toEqual([]);
    expect((await scanDataset(dir, { splits: ['train'] })).problems).toEqual([]);
  });

  it.each([
    ['shapes', undefined, '"shapes" is missing; it must be a positive whole number'],
    ['seed', 1.5, '"seed" must be a whole number, got 1.5'],
    ['split', { train: 1 }, '"split" must be numbers of shapes for train, val and test'],
    ['versions', [1], '"versions" must be the versions of packages by their names, got [1]'],
    ['complete', 'yes', '"complete" must be true or false, got "yes"'],
  ])('reports a synthesis.json whose %s is %j', async (name, value, message) => {
    writeSmallDataset(dir);
    writeFileSync(join(dir, 'synthesis.json'), JSON.stringify({ ...manifest, [name]: value }));
    await expectProblem('unknown-file', join(dir, 'synthesis.json'), message, 0);
  });

  it('reports a synthesis.json with nothing in it but its format', async () => {
    writeSmallDataset(dir);
    writeFileSync(join(dir, 'synthesis.json'), '{"format": 3}');
    const message = 'it does not say how a data set was made: "scene" is missing';
    await expectProblem('unknown-file', join(dir, 'synthesis.json'), message, 0);
  });
});
