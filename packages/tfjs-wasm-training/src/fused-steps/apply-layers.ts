import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphTensor, ModelLayer } from '../layers-model.js';

/** The layers from `input` to `output` as they are, for inference. */
export function applyLayers(output: GraphTensor, input: GraphTensor, x: Tensor): Tensor {
  if (output === input) return x;
  const inputs = output.inputs.map((each) => applyLayers(each, input, x));
  return output.sourceLayer.apply(inputs, { training: false }) as Tensor;
}

/**
 * Whether a layer does what its class says. One that was given a call of its own is run by it, unless that says that in inference it does
 * the same: frozen norms of @kanrecon/backbones do (`freeze`).
 */
export function runsAsWritten(layer: ModelLayer): boolean {
  const { call } = layer as ModelLayer & { call: { sameInInference?: boolean } };
  return !Object.hasOwn(layer, 'call') || call.sameInInference === true;
}
