import type { RgbImage, Vector3 } from '@kanrecon/render';
import { type Scene, typicalView } from '@kanrecon/scene';
import type { RefineStart } from '../refine.js';
import { type Bounds, inside } from './bounds.js';
import { cameraInside } from './camera-inside.js';
import type { StartKnowledge } from './draw-starts.js';
import { startColor } from './start-color.js';

/** Standard deviations where a start does not give its own: of a network's answer, and of the middle of a range. */
const spreads = { given: 0.1, unknown: 0.29, camera: 0.1 } as const;

/**
 * What is known before the search.
 *
 * @throws if the start is not of the scene's length, or not finite
 */
export function startKnowledge(
  start: RefineStart,
  scene: Scene,
  bounds: Bounds,
  image: RgbImage,
  background: Vector3,
): StartKnowledge {
  const { parameters } = scene.surface;
  for (const [name, list] of [
    ['normalized', start.normalized],
    ['spread', start.spread],
  ] as const) {
    if (list === undefined || (list.length === parameters.length && Array.from(list).every(Number.isFinite))) continue;
    throw new Error(
      `refine: the start's ${name} is wrong; expected ${parameters.length} finite numbers, one for each of ${parameters.map(({ name }) => name).join(', ')}, got ${Array.from(list).join(', ') || 'none'}`,
    );
  }
  const typical = typicalView(scene, { x: 0, y: 0, z: 0 });
  const shape = Float64Array.from(bounds.shape, (range, i) =>
    inside(start.normalized?.[i] ?? (range[0] + range[1]) / 2, range),
  );
  const usual = start.normalized === undefined ? spreads.unknown : spreads.given;
  const middle = ([min, max]: readonly [number, number]) => (min + max) / 2;
  const { x, y, z } = bounds.camera;
  return {
    guess: {
      shape,
      cameraAngles: cameraInside(start.cameraAngles ?? { x: middle(x), y: middle(y), z: middle(z) }, bounds.camera),
      tanHalfFov: typical.tanHalfFov,
      baseColor: start.baseColor ?? (scene.pattern === 'hue-wheel' ? [0.5, 0.5, 0.5] : startColor(image, background)),
      light: typical.light,
      background,
    },
    shapeSpread: Float64Array.from(shape, (_, i) => start.spread?.[i] ?? usual),
    cameraSpread: start.cameraAngles === undefined ? Infinity : (start.cameraSpread ?? spreads.camera),
  };
}
