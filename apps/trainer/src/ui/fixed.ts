/** A number with so many decimals; a dash where it is not defined, as R² of a single image. */
export function fixed(value: number | null | undefined, decimals: number): string {
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(decimals) : '–';
}

/** What a dash means, in a sentence; empty where all is defined. */
export function undefinedScoreNote(r2: number, images: number): string {
  if (Number.isFinite(r2)) return '';
  return images === 1
    ? 'R² is not defined (–): it compares errors with the spread of the real values, and one image has none.'
    : 'R² is not defined (–) where there is no number.';
}
