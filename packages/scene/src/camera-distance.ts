import { parameterVector } from '@kanrecon/geometry';
import { cameraRotation, fitCamera } from '@kanrecon/render';
import type { DrawnShape } from './draw-shape.js';
import type { DrawnView } from './draw-view.js';
import { objectMiddle, surfacePoints } from './object-middle.js';
import type { Scene } from './scene.js';

/**
 * How far a view's camera stands from the middle of the object's box, in the shape's units. Where the scene's cameras are fitted to the object, that
 * depends on the object and on where it is seen from.
 *
 * @param steps of the grid of points that the camera is fitted to; 200 when left out
 * @throws if a parameter is missing; SurfaceError if a point is not finite
 */
export function cameraDistance(
  { surface, camera }: Pick<Scene, 'surface' | 'camera'>,
  { parameters }: Pick<DrawnShape, 'parameters'>,
  { cameraAngles, tanHalfFov }: Pick<DrawnView, 'cameraAngles' | 'tanHalfFov'>,
  steps = 200,
): number {
  if (camera.placement !== 'fitted') return camera.placement.distance;
  const vector = parameterVector(surface, parameters);
  const points = surfacePoints(surface, vector, steps);
  const [x, y, z] = objectMiddle(surface, vector, points);
  const { location } = fitCamera(points, cameraRotation(cameraAngles), { tanHalfFov });
  return Math.hypot(location[0] - x, location[1] - y, location[2] - z);
}
