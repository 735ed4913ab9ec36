import type { InvisibleLaw } from './invisible-law.js';

/** The Jacobian at one draw, as JᵀJ with parameters in shares of their ranges. */
export interface LawDraw {
  readonly at: Float64Array;
  readonly gram: Float64Array;
  /** See `drawWeight`. */
  readonly weight: number;
}

/** What `findLaws` works on. */
export interface LawSearch {
  readonly draws: readonly LawDraw[];
  readonly parameters: readonly { readonly name: string; readonly min: number; readonly max: number }[];
  /** Indices of the parameters that may take part. */
  readonly active: readonly number[];
  /** How many directions seem to leave no trace at a draw: laws of the general kind are looked for only if others explain fewer. */
  readonly hidden: number;
  /** Whether images really stay the same along a law, by rendering. */
  readonly holds: (law: InvisibleLaw) => Promise<boolean>;
}
