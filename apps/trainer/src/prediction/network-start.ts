import type { RefineStart } from '@kanrecon/reconstruction';
import type { NetworkNumbers } from './reconstruction-json.js';

/** Standard deviation of a camera that a network says it is sure of, at least: its pictures are coarse. */
const leastCameraSpread = 0.03;

/** A network's answer as refinement begins with it: what it does not say, such as the camera, is sought. */
export function networkStart({ shape, spread, camera }: NetworkNumbers): RefineStart {
  return {
    normalized: shape,
    ...(spread && { spread }),
    ...(camera && {
      cameraAngles: camera.cameraAngles,
      ...(camera.spread !== undefined && { cameraSpread: Math.max(leastCameraSpread, camera.spread) }),
    }),
  };
}
