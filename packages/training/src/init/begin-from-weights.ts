import { loadWeights, readWeights } from '@kanrecon/backbones';
import { sha256 } from '@kanrecon/files/download';
import type { Reconstructor } from '@kanrecon/model';
import type { OnTrainingEvent } from '../events/training-event.js';
import type { BackboneWeights } from './backbone-weights.js';
import type { TrainingInit } from './training-init.js';

/**
 * Begins a training with a backbone that was trained elsewhere, and tells so in a notice `begun-from`; the head begins anew.
 *
 * @param weights as `prepareWeights` has tried them
 */
export async function beginFromWeights(
  reconstructor: Reconstructor,
  weights: BackboneWeights,
  onEvent: OnTrainingEvent,
): Promise<TrainingInit> {
  const { name, bytes } = weights;
  const tensors = readWeights(bytes);
  const { loaded, passedOver } = loadWeights(reconstructor.model, tensors);
  const fresh = reconstructor.headLayers.flatMap((layer) =>
    layer.weights.map(({ originalName, shape }) => ({ name: originalName, shape: [...shape] as number[] })),
  );
  const unused = passedOver.map((one) => ({ name: one, shape: [...(tensors[one]?.shape ?? [])] }));
  const init: TrainingInit = { name, taken: loaded, fresh, unused, sha256: weights.sha256 ?? (await sha256(bytes)) };
  onEvent({ type: 'notice', notice: { code: 'begun-from', ...init } });
  return init;
}
