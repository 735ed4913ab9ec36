import {
  randomNormal,
  randomUniform,
  serialization as registry,
  type serialization,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkedConfig } from './checked-config.js';
import { fillDefaults } from './fill-defaults.js';
import type { Initializer } from './types.js';

/** Options of {@link FanInInitializer}. */
export interface FanInInitializerOptions {
  /** 'uniform' on ±b or (untruncated) 'normal' with standard deviation b. */
  readonly distribution?: 'uniform' | 'normal';
  /** b = √scale / fanIn^power. */
  readonly scale?: number;
  /** Default: the weight's first dimension. */
  readonly fanIn?: number | null;
  /** Default ½, so that a sum over the inputs keeps its size; 0: not scaled by the inputs at all. */
  readonly power?: number;
  /** Repeats the same numbers; null or absent: other numbers each time. */
  readonly seed?: number | null;
}

/** TensorFlow.js' normal generator takes a seed of 0 for "no seed". Derived seeds are smaller than this. */
const seedForZero = 2 ** 31;

const defaults = { distribution: 'uniform', scale: 1, fanIn: null, power: 0.5, seed: null } as const;

/**
 * Random numbers scaled by the number of inputs: with its defaults U(±1/√fanIn), the start of PyTorch's `nn.Linear`.
 * (TensorFlow.js has no such initializer: its normal ones are truncated, and its `randomUniform` takes a bound of 0 for absent.)
 */
export class FanInInitializer extends registry.Serializable implements Initializer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersFanIn';
  private readonly options: Required<FanInInitializerOptions>;

  constructor(options: FanInInitializerOptions = {}) {
    super();
    this.options = fillDefaults(checkedConfig('FanInInitializer', options, defaults), defaults);
  }

  /** The same initializer for a weight that is not laid out [fanIn, …]; a fan-in that was given stays. */
  withFanIn(fanIn: number): FanInInitializer {
    return this.options.fanIn === null ? new FanInInitializer({ ...this.options, fanIn }) : this;
  }

  apply(shape: (number | null)[]): Tensor {
    const { distribution, scale, fanIn, power, seed } = this.options;
    const bound = Math.sqrt(scale) / (fanIn ?? shape[0] ?? 1) ** power;
    const size = shape as number[];
    return distribution === 'normal'
      ? randomNormal(size, 0, bound, 'float32', seed === 0 ? seedForZero : (seed ?? undefined))
      : randomUniform(size, -bound, bound, 'float32', seed ?? undefined);
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  getConfig(): serialization.ConfigDict {
    return { ...this.options };
  }
}
