import {
  matMul,
  randomUniform,
  serialization as registry,
  reshape,
  type serialization,
  type Tensor,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkedConfig } from '../checked-config.js';
import { fillDefaults } from '../fill-defaults.js';
import type { Initializer } from '../types.js';
import { splineFitMatrix } from './spline-fit-matrix.js';

/** Options of {@link SplineNoiseInitializer}. */
export interface SplineNoiseInitializerOptions {
  /** Order of the splines (3: cubic). */
  readonly splineOrder?: number;
  /** The noise at a knot is U(−½, ½) · scaleNoise / gridSize. */
  readonly scaleNoise?: number;
  /** Repeats the same numbers; null or absent: other numbers each time. */
  readonly seed?: number | null;
}

const defaults: Required<SplineNoiseInitializerOptions> = { splineOrder: 3, scaleNoise: 0.1, seed: null };

/**
 * EfficientKAN's start: spline coefficients, [gridSize + splineOrder, inputs, units], of the smallest norm whose curves pass
 * through small random values at the inner knots of a uniform grid.
 */
export class SplineNoiseInitializer extends registry.Serializable implements Initializer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersSplineNoise';
  private readonly options: Required<SplineNoiseInitializerOptions>;

  constructor(options: SplineNoiseInitializerOptions = {}) {
    super();
    this.options = fillDefaults(checkedConfig('SplineNoiseInitializer', options, defaults), defaults);
  }

  apply(shape: (number | null)[]): Tensor {
    const { splineOrder, scaleNoise, seed } = this.options;
    const [count, inputs, units] = shape as number[];
    const gridSize = count! - splineOrder;
    return tidy(() => {
      const bound = scaleNoise / gridSize / 2;
      const noise = randomUniform([gridSize + 1, inputs! * units!], -bound, bound, 'float32', seed ?? undefined);
      const fit = tensor2d(splineFitMatrix(gridSize, splineOrder), [count!, gridSize + 1]);
      return reshape(matMul(fit, noise), [count!, inputs!, units!]);
    });
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  getConfig(): serialization.ConfigDict {
    return { ...this.options };
  }
}
