import { serialization as registry, type serialization, type Tensor, tensor, tidy, tile } from '@tensorflow/tfjs-core';
import { checkedConfig } from '../checked-config.js';
import type { Initializer } from '../types.js';

/** Degree of the numerator. */
export const numeratorDegree = 5;
/** Degree of the denominator. */
export const denominatorDegree = 4;

/** Name of a function that the rationals can start as. */
export type RationalStart = 'swish' | 'gelu' | 'tanh' | 'identity';

interface Rational {
  /** a₀ … a₅ */
  readonly numerator: readonly number[];
  /** b₁ … b₄ */
  readonly denominator: readonly number[];
}

/**
 * (a₀ + … + a₅x⁵)/(1 + |b₁x + … + b₄x⁴|) close to a named function: of least squares on [−4, 4] (largest error there: swish 1.3e-5, tanh
 * 2.6e-5, gelu 3.4e-3); identity is exact. The odd part of swish and gelu is x/2, which P holds exactly. No denominator is 0
 * everywhere: at 0 its modulus has no slope, so that it would never train.
 */
const table: Record<RationalStart, Rational> = {
  swish: halfLinear(0.2499864, 0.00569363, 0.1060549, 0.0005220169),
  gelu: halfLinear(0.411545, 0.01019709, 0.2250217, 0),
  tanh: { numerator: [0, 0.9999594, 0, 0.1052567, 0, 0.0007703124], denominator: [0, 0.4384434, 0, 0.01373988] },
  identity: { numerator: [0, 1, 0, 0.1, 0, 0], denominator: [0, 0.1, 0, 0] },
};

/** Names of the functions that the rationals can start as. */
export const rationalStarts = Object.keys(table) as RationalStart[];

/** x/2 + (a₂x² + a₄x⁴)/(1 + b₂x² + b₄x⁴) over one denominator. */
function halfLinear(a2: number, a4: number, b2: number, b4: number): Rational {
  return { numerator: [0, 0.5, a2, b2 / 2, a4, b4 / 2], denominator: [0, b2, 0, b4] };
}

/** A rational at one x, in double precision. */
export function rationalAt(numerator: ArrayLike<number>, denominator: ArrayLike<number>, x: number): number {
  let p = 0;
  for (let j = numerator.length - 1; j >= 0; j--) p = p * x + numerator[j]!;
  let a = 0;
  for (let j = denominator.length - 1; j >= 0; j--) a = (a + denominator[j]!) * x;
  return p / (1 + Math.abs(a));
}

/** 1/E[f(x)²] for x ~ N(0, 1): times it, a linear map's variance of 1/inputs keeps the size of what goes through. */
export function varianceGain(start: RationalStart): number {
  const { numerator, denominator } = table[start];
  const step = 0.01;
  let total = 0;
  let weight = 0;
  for (let x = -8; x <= 8; x += step) {
    const density = Math.exp((-x * x) / 2);
    total += density * rationalAt(numerator, denominator, x) ** 2;
    weight += density;
  }
  return weight / total;
}

/** Fills [groups, coefficients] with the numerators or denominators of a named function. */
export class RationalInitializer extends registry.Serializable implements Initializer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersRational';
  private readonly start: RationalStart;
  private readonly part: keyof Rational;

  constructor(options: { start?: RationalStart; part?: keyof Rational } = {}) {
    super();
    const config = checkedConfig('RationalInitializer', options, { start: 1, part: 1 });
    const { start = 'swish', part = 'numerator' } = config;
    this.start = start;
    this.part = part;
  }

  apply(shape: (number | null)[]): Tensor {
    const row = table[this.start][this.part];
    return tidy(() => tile(tensor([...row], [1, row.length], 'float32'), [shape[0]!, 1]));
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  getConfig(): serialization.ConfigDict {
    return { start: this.start, part: this.part };
  }
}
