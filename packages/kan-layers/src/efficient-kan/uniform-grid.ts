import { serialization, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { UniformGrid } from '../bspline-basis.js';
import type { Initializer } from '../types.js';

/** Knots of a uniform grid that reaches `order` steps beyond `range` on both sides: gridSize + 2·order + 1 of them. */
export function uniformKnots(gridSize: number, order: number, [low, high]: readonly [number, number]): number[] {
  const step = (high - low) / gridSize;
  return Array.from({ length: gridSize + 2 * order + 1 }, (_, j) => low + (j - order) * step);
}

/** Fills [knots, inputs] with the same uniform knots for all inputs. */
export class UniformGridInitializer extends serialization.Serializable implements Initializer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersUniformGrid';

  constructor(private readonly knots: readonly number[] = []) {
    super();
  }

  apply(shape: (number | null)[]): Tensor {
    const [, inputs] = shape as number[];
    const values = this.knots.flatMap((knot) => new Array<number>(inputs!).fill(knot));
    return tensor(values, shape as number[], 'float32');
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  getConfig(): serialization.ConfigDict {
    return { knots: [...this.knots] };
  }
}

/**
 * Finds out whether all inputs have the same uniform knots, to float32 precision.
 *
 * @param knots row-major [count, inputs]
 * @returns null if they do not
 */
export function findUniformGrid(knots: ArrayLike<number>, count: number, inputs: number): UniformGrid | null {
  const start = knots[0]!;
  const step = (knots[(count - 1) * inputs]! - start) / (count - 1);
  const tolerance = 1e-6 * Math.max(Math.abs(start), step * count);
  if (!(step > 0)) return null;
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < inputs; i++) {
      if (!(Math.abs(knots[j * inputs + i]! - (start + j * step)) <= tolerance)) return null;
    }
  }
  return { start, step };
}
