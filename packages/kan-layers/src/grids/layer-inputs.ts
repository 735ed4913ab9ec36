import { keep, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

/** Samples for a model: one tensor for each of its inputs. */
export type ModelSamples = Tensor | Tensor[];

/**
 * Runs a model on samples and keeps what came into some of its layers, by listening at the layers: so it works in sequential,
 * functional and nested models, and a layer that is used in several places gives the inputs of all.
 *
 * @returns the inputs of each layer that was used, in the order in which they were first used; the caller disposes of the tensors
 */
export function layerInputs<T extends layers.Layer>(
  model: LayersModel,
  kinds: readonly T[],
  samples: ModelSamples,
  batchSize: number,
): Map<T, Tensor[]> {
  const inputs = new Map<T, Tensor[]>();
  const listeners = kinds.map((layer) => {
    const hooked = layer as unknown as { _callHook: Parameters<T['setCallHook']>[0] | null };
    const before = hooked._callHook;
    layer.setCallHook((given, kwargs) => {
      before?.(given, kwargs);
      const x = Array.isArray(given) ? given[0]! : given;
      if (!inputs.has(layer)) inputs.set(layer, []);
      inputs.get(layer)!.push(keep(x.clone()));
    });
    return () => {
      hooked._callHook = before;
    };
  });
  try {
    const outputs = model.predict(samples, { batchSize });
    for (const output of Array.isArray(outputs) ? outputs : [outputs]) output.dispose();
    return inputs;
  } catch (error) {
    for (const kept of inputs.values()) for (const x of kept) x.dispose();
    throw error;
  } finally {
    for (const stop of listeners) stop();
  }
}
