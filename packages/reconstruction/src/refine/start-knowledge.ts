import type { RgbImage, Vector3 } from '@kanrecon/render';
import { type Scene, typicalView } from '@kanrecon/scene';
import { type Bounds, inside } from './bounds.js';
import { cameraInside } from './camera-inside.js';
import type { StartKnowledge } from './draw-starts.js';
import type { RefineStart } from './refine-start.js';
import { startColor } from './start-color.js';

/** Standard deviations where a start does not give its own: of a network's answer, and of the middle of a range. */
const spreads = { given: 0.1, unknown: 0.29, camera: 0.1 } as const;

/** What is known before the search, from a start that `checkStart` has let through. */
export function startKnowledge(
  start: RefineStart,
  scene: Scene,
  bounds: Bounds,
  image: RgbImage,
  background: Vector3,
): StartKnowledge {
  const typical = typicalView(scene, { x: 0, y: 0, z: 0 });
  const shape = Float64Array.from(bounds.shape, (range, i) => inside(start.normalized?.[i] ?? middle(range), range));
  const usual = start.normalized === undefined ? spreads.unknown : spreads.given;
  const { x, y, z } = bounds.camera;
  const hidden = scene.pattern === 'hue-wheel';
  return {
    guess: {
      shape,
      cameraAngles: cameraInside(start.cameraAngles ?? { x: middle(x), y: middle(y), z: middle(z) }, bounds.camera),
      tanHalfFov: typical.tanHalfFov,
      baseColor: start.baseColor ?? (hidden ? [0.5, 0.5, 0.5] : startColor(image, background)),
      light: typical.light,
      background,
    },
    shapeGiven: start.normalized !== undefined,
    shapeSpread: Float64Array.from(shape, (_, i) => start.spread?.[i] ?? usual),
    cameraSpread: start.cameraAngles === undefined ? Number.POSITIVE_INFINITY : (start.cameraSpread ?? spreads.camera),
  };
}

const middle = ([min, max]: readonly [number, number]) => (min + max) / 2;
