import { serialization } from '@tensorflow/tfjs-core';
import { checkSameClassMap } from './check-same-tfjs.js';
import { ClassicFourierKAN } from './classic-fourier-kan/classic-fourier-kan.js';
import { SmoothFourierInitializer } from './classic-fourier-kan/smooth-fourier-initializer.js';
import { EfficientKAN } from './efficient-kan/efficient-kan.js';
import { SplineNoiseInitializer } from './efficient-kan/spline-noise-initializer.js';
import { FanInInitializer } from './fan-in-initializer.js';
import { FastKAN } from './fast-kan/fast-kan.js';
import { FasterKAN } from './faster-kan/faster-kan.js';
import { FourierKAN } from './fourier-kan/fourier-kan.js';
import { ChebyshevKAN } from './polynomial-kan/chebyshev-kan.js';
import { JacobiKAN } from './polynomial-kan/jacobi-kan.js';
import { RationalKAN } from './rational-kan/rational-kan.js';
import { RationalInitializer } from './rational-kan/rational-start.js';
import { EdgeRegularizer } from './regularization/edge-regularizer.js';
import { UniformInitializer } from './uniform-initializer.js';
import { WaveletKAN } from './wavelet-kan/wavelet-kan.js';

const classes = () => [
  EfficientKAN,
  FourierKAN,
  ClassicFourierKAN,
  ChebyshevKAN,
  JacobiKAN,
  FastKAN,
  FasterKAN,
  WaveletKAN,
  RationalKAN,
  FanInInitializer,
  UniformInitializer,
  SplineNoiseInitializer,
  SmoothFourierInitializer,
  RationalInitializer,
  EdgeRegularizer,
];

/**
 * Makes the layers, initializers and regularizers of this package known to `tf.loadLayersModel`. Every factory calls it; call it
 * yourself only before loading a model in a program that makes no layer. Calling it again does nothing.
 *
 * @throws if two copies of TensorFlow.js are loaded, because loading would then end in "Unknown layer"
 */
export function registerKanLayers(): void {
  const map = serialization.SerializationMap.getMap().classNameMap;
  if (map[EfficientKAN.className]?.[0] === EfficientKAN) return;
  checkSameClassMap('registerKanLayers');
  for (const each of classes()) serialization.registerClass(each);
}
