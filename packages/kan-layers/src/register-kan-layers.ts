import { serialization } from '@tensorflow/tfjs-core';
import { checkSameClassMap } from './check-same-tfjs.js';
import { EfficientKAN } from './efficient-kan.js';
import { FanInInitializer } from './fan-in-initializer.js';
import { FourierKAN } from './fourier-kan.js';
import { EdgeRegularizer } from './regularization/edge-regularizer.js';
import { SplineNoiseInitializer } from './spline-noise-initializer.js';
import { UniformInitializer } from './uniform-initializer.js';

/**
 * Makes the layers, initializers and regularizers of this package known to `tf.loadLayersModel`. Every factory calls it; call it yourself only
 * before loading a model in a program that makes no layer. Calling it again does nothing.
 *
 * @throws if two copies of TensorFlow.js are loaded, because loading would then end in "Unknown layer"
 */
export function registerKanLayers(): void {
  const map = serialization.SerializationMap.getMap().classNameMap;
  if (map[EfficientKAN.className]?.[0] === EfficientKAN) return;
  checkSameClassMap('registerKanLayers');
  const classes = [
    EfficientKAN,
    FourierKAN,
    FanInInitializer,
    UniformInitializer,
    SplineNoiseInitializer,
    EdgeRegularizer,
  ];
  for (const each of classes) serialization.registerClass(each);
}
