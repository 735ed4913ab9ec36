import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import { drawView, sceneByName, sceneWith, typicalView } from '@kanrecon/scene';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { labelFileName } from '../file-names.js';
import { parseLabel } from '../parse-label.js';
import { labelViews } from './label-views.js';

const study = sceneByName('study');
const seed = 11;
let dir: string;
beforeAll(async () => {
  dir = temporaryFolder();
  const split = { train: 1, val: 0, test: 0 };
  await synthesizeDataset({
    dir: join(dir, 'data'),
    shapes: 1,
    viewsPerShape: 2,
    imageSize: 16,
    seed,
    split,
    workers: 1,
  });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const labelPath = (view: number) => join(dir, 'data', 'train', 'labels', labelFileName({ shape: 0, view }));
const labelAt = (path: string) => parseLabel(readFileSync(path, 'utf8'), path);

describe('labelViews', () => {
  it('draws the very view of a synthesised image again', async () => {
    const viewOf = labelViews(study);
    for (const view of [0, 1]) {
      const path = labelPath(view);
      const drawn = drawView(study, seed, 0, view);
      expect(await viewOf(path, labelAt(path))).toEqual(drawn);
      expect(drawn).not.toEqual(typicalView(study, drawn.cameraAngles));
    }
  });

  it("takes the label's direction in another scene, another place, or with another camera than was drawn", async () => {
    const path = labelPath(0);
    const label = labelAt(path);
    const other = sceneWith(study, { effects: { noise: [0, 4] } });
    expect(await labelViews(other)(path, label)).toEqual(typicalView(other, label.cameraAngles));
    const away = join(dir, 'elsewhere', 'labels');
    mkdirSync(away, { recursive: true });
    for (const name of [basename(path), 'mine.json']) {
      copyFileSync(path, join(away, name));
      expect(await labelViews(study)(join(away, name), label)).toEqual(typicalView(study, label.cameraAngles));
    }
    const turned = { cameraAngles: { ...label.cameraAngles, z: label.cameraAngles.z + 1 } };
    expect(await labelViews(study)(path, turned)).toEqual(typicalView(study, turned.cameraAngles));
  });

  it('reads the recipe of a data set once', async () => {
    const viewOf = labelViews(study);
    const path = labelPath(0);
    const first = await viewOf(path, labelAt(path));
    const [from, to] = ['data', 'moved'].map((name) => join(dir, name));
    const label = labelAt(path);
    renameSync(from!, to!);
    try {
      expect(await viewOf(path, label)).toEqual(first);
    } finally {
      renameSync(to!, from!);
    }
  });
});
