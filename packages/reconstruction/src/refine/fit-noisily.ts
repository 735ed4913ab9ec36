import { fitLevel } from './fit-level.js';
import type { FreeDirection } from './free-directions.js';
import type { GuessRenderer } from './guess-renderer.js';
import { type Fitted, type Level, levelCost } from './level.js';
import { withResidualNoise } from './residual-noise.js';

/** Times that the noise is taken from what is left and the fit made anew; the third changes nothing any more. */
const rounds = 2;

/**
 * A fit made anew with the noise that it shows itself, see {@link withResidualNoise}, which is then what is expected.
 *
 * On 12 `observable` images as JPEG of quality 60, R² of what was found rose from .93 to .97 at half the renderings.
 */
export function* fitNoisily(
  renderer: GuessRenderer,
  level: Level,
  directions: readonly FreeDirection[],
  fitted: Fitted,
): Generator<Fitted, { fitted: Fitted; level: Level }, void> {
  let now = { fitted, level };
  for (let round = 0; round < rounds; round++) {
    const noisy = withResidualNoise({ ...level, gain: 0.03 }, now.fitted);
    const start = { ...now.fitted, cost: levelCost(noisy, now.fitted.image.pixels) };
    const found = yield* fitLevel(renderer, noisy, directions, start);
    now = { fitted: found, level: { ...noisy, expected: found.cost } };
  }
  return now;
}
