import { util } from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

type Layer = ReturnType<typeof layers.dense>;
type Weight = Layer['weights'][number];
type AddWeight = (this: Layer, name: string, shape: Shape, ...rest: unknown[]) => Weight;

/**
 * What `build` makes, but that weights start as zeros: random numbers take most of the time, and are for nothing where weights are read
 * next. TensorFlow.js has that switch on each layer by itself, before it is built, where nobody gets hold of a backbone's.
 *
 * @param ask called before a weight is made, with its layer's name and how many numbers it has; may throw
 * @throws what `build` or `ask` throws; nothing is left in memory then
 */
export function withoutStart<T>(build: () => T, ask: (layer: string, numbers: number) => void): T {
  const prototype = layers.Layer.prototype as unknown as { addWeight: AddWeight };
  const { addWeight } = prototype;
  const made: Weight[] = [];
  prototype.addWeight = function (name, shape, ...rest) {
    ask(this.name, util.sizeFromShape(shape as number[]));
    this.setFastWeightInitDuringBuild(true);
    const weight = addWeight.call(this, name, shape, ...rest);
    made.push(weight);
    return weight;
  };
  try {
    return build();
  } catch (error) {
    for (const weight of made) weight.dispose();
    throw error;
  } finally {
    prototype.addWeight = addWeight;
  }
}
