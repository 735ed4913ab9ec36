import type { layers } from '@tensorflow/tfjs-layers';

type Call = layers.Layer['call'];

/**
 * Makes a batch norm use its running statistics and leave them alone, whatever it is run with; or lets it follow the batch again.
 *
 * TensorFlow.js does not look at a layer's `trainable` for that, unlike Keras 2. So the layer gets a `call` of its own, which also says
 * to whoever runs norms by other means than `apply` that this one is not to be (`fusedApply` of @kanrecon/tfjs-wasm-training).
 */
export function holdStatistics(layer: layers.Layer, hold: boolean): void {
  if (layer.getClassName() !== 'BatchNormalization') return;
  const own = layer as { call?: Call };
  if (!hold) delete own.call;
  else if (!Object.hasOwn(layer, 'call')) {
    const call = layer.call.bind(layer);
    const held: Call = (inputs, kwargs) => call(inputs, { ...kwargs, training: false });
    // In inference nothing is other than without it, which `fusedPredict` of that package looks for.
    own.call = Object.assign(held, { sameInInference: true });
  }
}
