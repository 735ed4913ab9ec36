import { fitLevel } from './fit-level.js';
import { fitNoisily } from './fit-noisily.js';
import { inPixels } from './jpeg/in-pixels.js';
import { compareGuess, type Fitted, type Level } from './level.js';
import { localBackdrop } from './local-backdrop.js';
import { shownPixels } from './misfit.js';
import { outliers, withoutPixels } from './outliers.js';
import type { Found, Sought } from './sought.js';

/** Times that what lies behind is taken from the image anew. */
const rounds = 2;

/**
 * A fit over a texture, made anew over what the image itself shows beside the object, see {@link localBackdrop}: by squared error, with the noise that is left; of a JPEG then
 * by its file's frequencies.
 */
export function* fitOverTexture(
  {
    target,
    backdrop,
    renderer,
    directions,
    file,
  }: Pick<Sought, 'target' | 'backdrop' | 'renderer' | 'directions' | 'file'>,
  level: Level,
  fitted: Fitted,
): Generator<Fitted, Found, void> {
  let found: Found = { fitted, level, carried: false };
  for (let round = 0; round < rounds; round++) {
    const { coverage } = found.fitted.image;
    const behind = localBackdrop(target, coverage, backdrop);
    renderer.standBefore(behind);
    const blended = withBlended(level, coverage, behind.spread);
    const start = compareGuess(renderer, blended, found.fitted.guess);
    if (!start) return found;
    const left = outliers(blended, start, shownPixels(target, coverage, behind));
    const noisy = yield* fitNoisily(renderer, withoutPixels(blended, left), directions, start);
    found = { ...noisy, carried: true };
    if (!file) continue;
    const asFile = file.level((plain) => withoutPixels(withBlended(plain, coverage, behind.spread), left));
    const from = compareGuess(renderer, asFile, noisy.fitted.guess);
    if (!from) return found;
    const refined = yield* fitLevel(renderer, asFile, directions, from);
    found = { ...inPixels(renderer, refined, asFile, withoutPixels(blended, left)), carried: true };
  }
  return found;
}

/** A level that expects what was carried over to be off by `spread`, where it shows under the outline. */
function withBlended(level: Level, coverage: Uint8Array, spread: number): Level {
  const weights = level.weights.map((weight, i) => {
    const shows = 1 - coverage[Math.floor(i / 3)]! / 255;
    return 1 / (1 / weight + (spread * shows) ** 2);
  });
  return { ...level, weights };
}
