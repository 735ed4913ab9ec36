export { fixed } from '@kanrecon/training/names';

/** What a dash means, in a sentence; empty where all is defined. */
export function undefinedScoreNote(r2: number, images: number): string {
  if (Number.isFinite(r2)) return '';
  return images === 1
    ? 'R² is not defined (–): it compares errors with the spread of the real values, and one image has none.'
    : 'R² is not defined (–) where there is no number.';
}
