// Fresh images of a scene, refined one after another in whatever thread this is: seconds of each, and what was found.
import { imageLimits } from '@kanrecon/identifiability';
import { refine } from '@kanrecon/reconstruction';
import { sceneByName } from '@kanrecon/scene';
import { freshCase } from './fresh-case.mjs';

/** @returns by image: seconds by the clock, renderings, and the peak scaled to [0, 1] */
export async function refineFresh(name, numbers) {
  const scene = sceneByName(name);
  const limits = await imageLimits(scene);
  const rows = [];
  for (const number of numbers) {
    const { image, start } = freshCase(scene, number, { size: 64, start: 'near', spoiling: 'clean' });
    const begin = performance.now();
    const { normalized, renderings, found } = await refine(image, start, scene, { limits, seed: number });
    rows.push({ seconds: (performance.now() - begin) / 1000, renderings, found, normalized: [...normalized] });
  }
  return rows;
}
