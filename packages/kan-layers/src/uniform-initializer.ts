import { randomUniform, serialization as registry, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import { checkedConfig } from './checked-config.js';
import { fillDefaults } from './fill-defaults.js';
import type { Initializer } from './types.js';

/** Options of {@link UniformInitializer}. */
export interface UniformInitializerOptions {
  /** Lower bound, included. */
  readonly minimum?: number;
  /** Upper bound, excluded. */
  readonly maximum?: number;
  /** Repeats the same numbers; null or absent: other numbers each time. */
  readonly seed?: number | null;
}

const defaults: Required<UniformInitializerOptions> = { minimum: 0, maximum: 1, seed: null };

/** U(minimum, maximum), where a bound may be 0 (TensorFlow.js' `randomUniform` initializer then takes ±0.05 instead). */
export class UniformInitializer extends registry.Serializable implements Initializer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersUniform';
  private readonly options: Required<UniformInitializerOptions>;

  constructor(options: UniformInitializerOptions = {}) {
    super();
    this.options = fillDefaults(checkedConfig('UniformInitializer', options, defaults), defaults);
  }

  apply(shape: (number | null)[]): Tensor {
    const { minimum, maximum, seed } = this.options;
    return randomUniform(shape as number[], minimum, maximum, 'float32', seed ?? undefined);
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  getConfig(): serialization.ConfigDict {
    return { ...this.options };
  }
}
