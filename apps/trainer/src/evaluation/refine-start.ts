import type { Reconstructor } from '@kanrecon/model';
import { networkCamera, networkColumns, type RefineStart } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';

/** Narrower than this no network is, whatever it says. */
const leastSpread = 0.02;

/**
 * A network's answer as refinement starts from it.
 *
 * @param scene whose ranges the network learned
 * @param mean all that the network predicts of one image, normalised, in the order of its targets
 * @param spread how sure it is of each, if it says so
 */
export function refineStart(
  reconstructor: Pick<Reconstructor, 'targets' | 'card'>,
  scene: Scene,
  mean: ArrayLike<number>,
  spread?: ArrayLike<number>,
): RefineStart {
  const columns = networkColumns(reconstructor, scene);
  const { cameraAngles, found } = networkCamera(reconstructor, mean, scene);
  return {
    normalized: columns.map((column) => mean[column]!),
    ...(spread && { spread: columns.map((column) => Math.max(leastSpread, spread[column]!)) }),
    ...(found.length > 0 && { cameraAngles }),
  };
}
