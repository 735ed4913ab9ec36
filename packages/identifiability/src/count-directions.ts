import type { DrawSpectrum } from './identifiability-result.js';
import { median } from './median.js';

/** Directions that neither an invisible parameter nor a law accounts for. */
export interface UnnamedDirections {
  /** They leave no trace at the draws. */
  readonly unexplained: number;
  /** They cannot be told from the noise: whether they show is not known. */
  readonly undecided: number;
}

/**
 * A singular value this many times its noise shows. Along invariances that coarse images had kept from being found, the largest over eight
 * draws was 1.3; of what does show, at the default settings, the largest was at least 2.3.
 */
const clearOfNoise = 1.5;
/** A value within noise above this share of the largest says nothing: what is hidden and what is weak look the same. */
const tellingNoise = 0.01;
/** A law hides at every draw. So a single one where all the rest is settled rules out another; of many, chance may settle one. */
const enoughDraws = 1 / 8;

/**
 * Counts what is left when the named directions, the weakest, are set aside. At single draws more may be hidden (a height seen from
 * straight above) or drown in noise, so the middle draw counts for what hides, and a few clear draws for what shows.
 *
 * @param invisible number of parameters without a trace
 * @param invariances number of invariances
 */
export function countDirections(
  spectra: readonly DrawSpectrum[],
  invisible: number,
  invariances: number,
): UnnamedDirections {
  const named = invisible + invariances;
  const open = spectra.map((spectrum) => openDirections(spectrum, named));
  const settled = open.filter((count) => count === 0).length;
  if (settled >= Math.max(1, enoughDraws * spectra.length)) {
    return { unexplained: Math.max(0, hiddenDirections(spectra) - named), undecided: 0 };
  }
  // Where noise is large, only what lies within little of it is known to hide.
  const known = spectra.map((spectrum) => spectrum.invisibleDirections - unsureHidden(spectrum));
  return { unexplained: Math.max(0, median(known) - named), undecided: Math.max(1, median(open)) };
}

/** Directions that leave no trace at the middle one of the draws. */
export function hiddenDirections(spectra: readonly DrawSpectrum[]): number {
  return median(spectra.map(({ invisibleDirections }) => invisibleDirections));
}

/** How many directions from the `named` weakest on are neither clear of their noise nor surely hidden. */
function openDirections(spectrum: DrawSpectrum, named: number): number {
  const { singularValues, noise, invisibleDirections } = spectrum;
  const isOpen = (i: number) =>
    i < invisibleDirections ? !isTelling(spectrum, i) : singularValues[i] <= clearOfNoise * noise[i];
  return singularValues.filter((_, i) => i >= named && isOpen(i)).length;
}

function unsureHidden(spectrum: DrawSpectrum): number {
  return spectrum.noise.filter((_, i) => i < spectrum.invisibleDirections && !isTelling(spectrum, i)).length;
}

/** Whether a singular value's noise is small enough for it to say something. */
export function isTelling(
  { singularValues, noise }: Pick<DrawSpectrum, 'singularValues' | 'noise'>,
  i: number,
): boolean {
  return noise[i] <= tellingNoise * (singularValues.at(-1) ?? 0);
}
