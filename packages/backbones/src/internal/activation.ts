import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { applyLayer } from './apply-layer.js';

/** torch's ReLU, ReLU6, SiLU and Hardswish. */
export type ActivationKind = 'relu' | 'relu6' | 'swish' | 'hardSwish';

/** An activation; the layer of that name has its output. */
export function activation(x: SymbolicTensor, name: string, kind: ActivationKind): SymbolicTensor {
  if (kind !== 'hardSwish') return applyLayer(layers.activation({ name, activation: kind }), x);
  return applyLayer(layers.multiply({ name }), [x, hardSigmoid(x, name)]);
}

/**
 * torch's Hardsigmoid, min(max(x + 3, 0), 6) / 6, in standard layers. (TensorFlow's activation of that name is another one: a slope of
 * 0.2 between −2.5 and 2.5.)
 */
export function hardSigmoid(x: SymbolicTensor, name: string): SymbolicTensor {
  const shifted = applyLayer(layers.rescaling({ name: `${name}.shift`, scale: 1, offset: 3 }), x);
  const cut = applyLayer(layers.activation({ name: `${name}.cut`, activation: 'relu6' }), shifted);
  return applyLayer(layers.rescaling({ name: `${name}.scale`, scale: 1 / 6 }), cut);
}
