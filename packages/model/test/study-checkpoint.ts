import type { TorchTensor } from '@kanrecon/backbones';
import { formulaNumbers } from '../../backbones/test/formula-weights.js';
import type { HeadTensors, referenceLayers } from './reference-heads.js';

/** Numbers from a name, in ±bound. */
function numbers(name: string, shape: number[], bound: number, centre = 0): TorchTensor {
  const count = shape.reduce((product, side) => product * side, 1);
  return { shape, data: Float32Array.from(formulaNumbers(name, count), (u) => centre + bound * (2 * u - 1)) };
}

/** A layer's tensors as its reference names them, with weights from their names. */
export function headTensors(
  type: keyof typeof referenceLayers,
  name: string,
  [i, o]: readonly [number, number],
): HeadTensors {
  const bound = 1 / Math.sqrt(i);
  switch (type) {
    case 'mlp':
      return { weight: numbers(`${name}.weight`, [o, i], bound), bias: numbers(`${name}.bias`, [o], bound) };
    case 'fourierKAN':
      return {
        base_scale: numbers(`${name}.base_scale`, [], 0.1, 1),
        spline_scale: numbers(`${name}.spline_scale`, [], 0.1, 0.5),
        'feature_transform.weight': numbers(`${name}.w`, [i, 8], bound),
        'feature_transform.bias': numbers(`${name}.b`, [8], 3),
        'feature_transform.combination.weight': numbers(`${name}.c`, [i, 16], 0.3),
        'feature_transform.combination.bias': numbers(`${name}.cb`, [i], 0.2),
        'final_linear.weight': numbers(`${name}.v`, [o, i], bound),
        'final_linear.bias': numbers(`${name}.vb`, [o], 0.1),
      };
    case 'efficientKAN':
      return {
        grid: { shape: [i, 12], data: Float32Array.from({ length: i * 12 }, (_, at) => ((at % 12) - 3) * 0.4 - 1) },
        base_weight: numbers(`${name}.base`, [o, i], bound),
        spline_weight: numbers(`${name}.spline`, [o, i, 8], 0.2),
        spline_scaler: numbers(`${name}.scaler`, [o, i], bound),
      };
    case 'fastKAN':
      return {
        'rbf.grid': { shape: [8], data: Float32Array.from({ length: 8 }, (_, at) => -2 + (4 * at) / 7) },
        'spline_linear.weight': numbers(`${name}.spline`, [o, 8 * i], 0.1),
        'base_linear.weight': numbers(`${name}.base`, [o, i], bound),
        'base_linear.bias': numbers(`${name}.bias`, [o], bound),
      };
  }
}
