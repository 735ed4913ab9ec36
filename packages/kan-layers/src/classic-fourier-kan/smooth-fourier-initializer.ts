import {
  div,
  randomNormal,
  serialization as registry,
  type serialization,
  type Tensor,
  tensor3d,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkedConfig } from '../checked-config.js';
import type { Initializer } from '../types.js';

/**
 * Fourier coefficients [2·gridSize, inputs, units] (cosine and sine of each harmonic in turn) of a smooth start: normal with standard
 * deviation 1/(√inputs·k²) for the harmonic k.
 */
export class SmoothFourierInitializer extends registry.Serializable implements Initializer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersSmoothFourier';
  private readonly seed: number | null;

  constructor(options: { readonly seed?: number | null } = {}) {
    super();
    this.seed = checkedConfig('SmoothFourierInitializer', options, { seed: 1 }).seed ?? null;
  }

  apply(shape: (number | null)[]): Tensor {
    const [count, inputs] = shape as number[];
    return tidy(() => {
      // Seed 0 is TensorFlow.js' "no seed"; derived seeds are smaller than 2³¹.
      const seed = this.seed === 0 ? 2 ** 31 : (this.seed ?? undefined);
      const draw = randomNormal(shape as number[], 0, 1 / Math.sqrt(inputs!), 'float32', seed);
      const squares = Array.from({ length: count! }, (_, j) => ((j >> 1) + 1) ** 2);
      return div(draw, tensor3d(squares, [count!, 1, 1]));
    });
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  getConfig(): serialization.ConfigDict {
    return { seed: this.seed };
  }
}
