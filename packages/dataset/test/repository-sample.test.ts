import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spiralCylinder } from '@kanrecon/geometry';
import { cameraRotation, renderSurface } from '@kanrecon/render';
import { drawShape, drawView, sceneByName } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { readImage } from '../src/node/read-image.js';
import { scanDataset } from '../src/node/scan-dataset.js';

const sample = fileURLToPath(new URL('../../../dataset/sample', import.meta.url));

it('scans without a problem: 20 of our renders, 20 of Blender', async () => {
  const { counts, problems } = await scanDataset(sample, { checkImages: true });
  expect(problems).toEqual([]);
  expect(counts).toEqual({ train: 15, val: 5, test: 20 });
});

it('shows what its labels say', async () => {
  const { samples } = await scanDataset(sample);
  for (const { imagePath, split, parameters, cameraAngles, baseColor } of samples) {
    const stored = await readImage(imagePath);
    const { image } = renderSurface(spiralCylinder, parameters, {
      rotation: cameraRotation(cameraAngles),
      size: stored.width,
      baseColor,
    });
    const sum = image.data.reduce((total, value, i) => total + Math.abs(value - stored.data[i]), 0);
    // Of 255, over the whole image: Blender's noise and edges in the test split; in ours only what the renderer has changed since.
    expect(sum / image.data.length, imagePath).toBeLessThan(split === 'test' ? 5 : 0.5);
  }
});

it('is what its synthesis.json says', async () => {
  const settings = JSON.parse(readFileSync(join(sample, 'synthesis.json'), 'utf8'));
  expect(settings).toMatchObject({
    scene: { name: 'study' },
    seed: 1,
    shapes: 4,
    viewsPerShape: 5,
    imageSize: 224,
    complete: true,
  });
  const { samples } = await scanDataset(sample, { splits: ['train', 'val'] });
  for (const { shape, view, parameters, cameraAngles } of samples) {
    expect(parameters).toEqual(drawShape(sceneByName('study'), 1, shape).parameters);
    expect(cameraAngles.z).toBeCloseTo(drawView(sceneByName('study'), 1, shape, view).cameraAngles.z, 12);
  }
});
