import type { Prediction } from '@kanrecon/model';
import type { Scene } from '@kanrecon/scene';
import { networkCamera } from './network-camera.js';
import { type NetworkTargets, networkColumns } from './network-columns.js';
import type { RefineStart } from './refine/refine-start.js';

/** Where refinement starts, going by a network. */
export interface NetworkStart extends RefineStart {
  /** The network's numbers for the shape, scaled so that 0 … 1 is the range, in the surface's order. */
  readonly normalized: Float32Array;
  /** Their standard deviations on the same scale, of a network that says how sure it is. */
  readonly spread?: Float32Array;
}

/** Standard deviation of a camera that a network says it is sure of, at least, in radians: its pictures are coarse. */
const leastCameraSpread = 0.03;

/**
 * A network's answer for one image as `refine` and `findObject` begin with it: the shape in the surface's order, the camera if the network finds
 * it, and how sure it is of both if it says so. What it does not say is left out, and sought.
 *
 * @param answer all that the network says of the image, in the order of its targets: what its `predict` gives
 * @param scene with the ranges that the network learned, as `modelScene` gives it
 * @throws if the network predicts not all of the scene's parameters, its card names another surface, or the answer has a number that is none
 */
export function networkStart(
  network: NetworkTargets,
  answer: Pick<Prediction, 'normalized' | 'spread'>,
  scene: Scene,
): NetworkStart {
  const columns = networkColumns(network, scene);
  const ofShape = (values: Float32Array) => Float32Array.from(columns, (column) => values[column]!);
  const normalized = ofShape(answer.normalized);
  if (!normalized.every(Number.isFinite)) {
    throw new Error(`networkStart: the network is broken; expected numbers, got ${normalized.join(', ')}`);
  }
  const camera = networkCamera(network, answer.normalized, scene, answer.spread);
  return {
    normalized,
    ...(answer.spread && { spread: ofShape(answer.spread) }),
    ...(camera.found.length > 0 && {
      cameraAngles: camera.cameraAngles,
      ...(camera.spread !== undefined && { cameraSpread: Math.max(leastCameraSpread, camera.spread) }),
    }),
  };
}
