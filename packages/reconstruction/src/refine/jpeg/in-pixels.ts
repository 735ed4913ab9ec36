import type { GuessRenderer } from '../guess-renderer.js';
import { compareGuess, type Fitted, type Level } from '../level.js';
import { withResidualNoise } from '../residual-noise.js';
import type { Found } from '../sought.js';

/**
 * A fit that was made on something else than pixels, compared in pixels, of which people are told: with the noise that it leaves there, which is
 * the file's.
 *
 * @param pixels of the image's own size
 */
export function inPixels(renderer: GuessRenderer, fitted: Fitted, level: Level, pixels: Level): Found {
  const seen = compareGuess(renderer, pixels, fitted.guess);
  if (!seen) throw new Error('inPixels: a guess that was drawn cannot be drawn again; this is a bug');
  return { fitted: seen, level: withResidualNoise(pixels, seen), told: { fitted, level } };
}
