import { serialization, Tensor } from '@tensorflow/tfjs-core';
import { layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

const advice =
  'expected one copy of @tensorflow/tfjs-core and one of @tensorflow/tfjs-layers, ' +
  'got two (look with `npm ls @tensorflow/tfjs-layers`; de-duplicate, or mark both external in the bundler)';

/**
 * Refuses an input that another copy of TensorFlow.js made: left alone it ends in a message about shapes, or in a model that
 * cannot be saved.
 *
 * @throws if the input is a symbolic tensor of another copy of tfjs-layers
 */
export function checkSameTfjs(who: string, inputs: unknown): void {
  for (const input of Array.isArray(inputs) ? inputs : [inputs]) {
    if (input instanceof Tensor || input instanceof SymbolicTensor) continue;
    if (typeof input === 'object' && input !== null && 'sourceLayer' in input && 'nodeIndex' in input) {
      throw new Error(`${who}: the input comes from another copy of TensorFlow.js; ${advice}`);
    }
  }
}

/**
 * Refuses to register classes where loading would not find them: TensorFlow.js keeps one class map per copy of its core, and a
 * second copy of tfjs-layers replaces the built-in classes of the first.
 *
 * @throws if the built-in layers in the class map are not those of the tfjs-layers that this package uses
 */
export function checkSameClassMap(who: string): void {
  const map = serialization.SerializationMap.getMap().classNameMap;
  // Three, so that somebody's own class named Dense is no false alarm.
  const ours = [
    layers.dense({ units: 1, name: 'kan_layers_probe' }),
    layers.flatten({ name: 'kan_layers_probe' }),
    layers.dropout({ rate: 0, name: 'kan_layers_probe' }),
  ];
  if (ours.every((layer) => map[layer.getClassName()]?.[0] !== layer.constructor)) {
    throw new Error(`${who}: two copies of TensorFlow.js are loaded; ${advice}`);
  }
}
