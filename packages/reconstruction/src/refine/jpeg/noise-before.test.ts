import { applyEffects, drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { noiseBefore } from './noise-before.js';

it('noiseBefore: the noise that JPEG quantised, to a quarter; none where there was none', () => {
  for (const [name, noise] of ['study', 'observable'].flatMap((scene) =>
    [0, 6, 12].map((sigma) => [scene, sigma] as const),
  )) {
    const scene = sceneByName(name);
    for (const quality of [60, 85]) {
      for (let index = 0; index < 4; index++) {
        const { image } = renderView(scene, drawShape(scene, 3, index), drawView(scene, 3, index, 0), { size: 64 });
        applyEffects(image, { occluders: 0, blur: 0, noise, jpeg: quality, seed: index });
        // Of three channels' independent noise, weighted as luma weighs them.
        const luma = noise * Math.hypot(0.299, 0.587, 0.114);
        const found = noiseBefore(image, quality);
        expect(Math.abs(found - luma), `${name}, ${noise}, ${quality}, ${index}: ${found}`).toBeLessThan(
          0.25 * luma + 0.01,
        );
      }
    }
  }
});
