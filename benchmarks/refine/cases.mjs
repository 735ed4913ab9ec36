// Images to refine, with what made them and a start.
import { readFile } from 'node:fs/promises';
import { decodeImage, scanDataset } from '@kanrecon/dataset/node';
import { startOf } from './fresh-case.mjs';

export { freshCase } from './fresh-case.mjs';

/** Those of a folder with labels, such as the repository's sample, which Blender rendered. */
export async function labelledCases(scene, folder, { start }) {
  const { samples } = await scanDataset(folder, { splits: ['test'], surface: scene.surface });
  return Promise.all(
    samples.map(async (sample, number) => {
      const image = await decodeImage(await readFile(sample.imagePath));
      const shape = { parameters: sample.parameters, baseColor: sample.baseColor };
      const view = { cameraAngles: sample.cameraAngles };
      return { number, shape, view, image, ...startOf(scene, shape, view, number, start) };
    }),
  );
}
