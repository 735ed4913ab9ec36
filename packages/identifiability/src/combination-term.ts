import type { LawTerm } from './invisible-law.js';

/** A factor (Σ weight · parameter + offset)^power or a summand power · Σ weight · parameter of a `VisibleCombination`. */
export interface CombinationTerm extends Pick<LawTerm, 'kind' | 'offset'> {
  readonly parts: readonly { readonly parameter: string; readonly index: number; readonly weight: number }[];
  readonly power: number;
}
