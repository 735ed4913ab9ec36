import type { Scene } from '@kanrecon/scene';
import { type DrawnView, drawView, typicalView } from '@kanrecon/scene';
import type { Sample } from './sample.js';

/** Labels hold degrees, rounded on their way. */
const tolerance = 1e-6;

/**
 * How a sample's image was taken. With the seed of its data set, that is the very view that was drawn, if its label tells the same
 * camera; otherwise a view from the label's direction that is typical of the scene.
 *
 * @param seed of the synthesised data set, from its `synthesis.json`
 */
export function sampleView(
  scene: Scene,
  { shape, view, cameraAngles }: Pick<Sample, 'shape' | 'view' | 'cameraAngles'>,
  seed?: number,
): DrawnView {
  if (seed !== undefined) {
    const drawn = drawView(scene, seed, shape, view);
    const near = (['x', 'y', 'z'] as const).every((axis) => {
      return Math.abs(drawn.cameraAngles[axis] - cameraAngles[axis]) < tolerance;
    });
    if (near) return drawn;
  }
  return typicalView(scene, cameraAngles);
}
