import type { PreparedImage } from './prediction-worker.js';

/** Pixels below which refinement sees nothing. */
const smallest = 32;

/** Whether an image is too small to be refined. */
export function isTooSmall({ width, height }: NonNullable<PreparedImage['small']>): boolean {
  return Math.max(width, height) < smallest;
}

/** What is strange about an image, and whether that keeps it from being refined. @param refined whether that is wanted */
export function warningOf({ warning, small }: PreparedImage, refined: boolean): string | undefined {
  if (!refined || !small || !isTooSmall(small)) return warning;
  const said = `it is too small to be refined (${small.width} × ${small.height} pixels, ${smallest} are needed): its numbers are the network's alone`;
  return warning ? `${warning}; ${said}` : said;
}
