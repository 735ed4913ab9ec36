import type { Vector3 } from '@kanrecon/render';
import type { DrawnView } from '@kanrecon/scene';

/** What `refine` tells after each step. */
export interface RefineProgress {
  /** `search` compares many guesses coarsely, `fit` moves one into place. */
  readonly phase: 'search' | 'fit';
  /** Shape parameters by name, in units, of the best guess of this moment. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
  /**
   * What is left, in variances of what is expected; see `Misfit`. It falls on one level and jumps from one level to the next.
   */
  readonly cost: number;
  readonly renderings: number;
  readonly budget: number;
}
