import type { Reconstructor } from '@kanrecon/model';
import { networkCamera, networkColumns, type RefineStart } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';
import { networkStart } from '../prediction/network-start.js';

/**
 * A network's answer as refinement starts from it, the same as `predict` takes.
 *
 * @param scene whose ranges the network learned
 * @param mean all that the network predicts of one image, normalised, in the order of its targets
 * @param spread how sure it is of each, if it says so
 */
export function refineStart(
  reconstructor: Pick<Reconstructor, 'targets' | 'card'>,
  scene: Scene,
  mean: Float32Array,
  spread?: Float32Array,
): RefineStart {
  const columns = networkColumns(reconstructor, scene);
  const ofShape = (values: Float32Array) => Float32Array.from(columns, (column) => values[column]!);
  const camera = networkCamera(reconstructor, mean, scene, spread);
  return networkStart({
    shape: ofShape(mean),
    ...(spread && { spread: ofShape(spread) }),
    ...(camera.found.length > 0 && { camera }),
  });
}
