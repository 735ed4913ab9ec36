import { faint } from './as-measured.js';
import { drawStart } from './draw-starts.js';
import { exchangedPairs } from './exchange-pairs.js';
import { fitNoisily } from './fit-noisily.js';
import { fitOverTexture } from './fit-over-texture.js';
import { fitLevels, fitRobustly } from './fit-robustly.js';
import { inPixels } from './jpeg/in-pixels.js';
import { goodShare } from './jpeg/jpeg-level.js';
import type { Fitted, Level } from './level.js';
import { explains, misfit, mostUnexplained, shownPixels } from './misfit.js';
import { outliers, withoutPixels } from './outliers.js';
import { robustLevels, squaredLevels } from './refine-levels.js';
import { type Searched, search } from './search.js';
import type { Found, Sought } from './sought.js';
import { startSurprise } from './start-surprise.js';
import { targetLevels } from './target-levels.js';

/** How a search goes about it, by what is known of the camera. */
const plans = {
  near: { candidates: 16, turned: 3, starts: 6 },
  anywhere: { candidates: 200, turned: 8, starts: 8 },
} as const;
/** Cost on the finest level below which a fit cannot be in a wrong valley: most end below .05, wrong ones stay above 1. */
const goodCost = 0.3;
/** Cost below which a fit needs no other's word. */
const clearCost = 0.01;
/** Cost below which a fit lies at the bottom of its valley. */
const bottomCost = 0.1;
/** Of 255: a border that differs more from its polynomial, noise apart, is a texture. */
const textureSpread = 2;

/** Share of what shows that may stay unexplained by a fit whose shape is right but for some of its parameters. */
const nearlyExplained = 0.1;
/** How often pairs of parameters are drawn anew, from what that found the time before. */
const exchanges = 2;

/**
 * The best fit, and the level that it is of. By squared error first; then, of a clean image, from where that rests, with pairs of
 * parameters drawn anew; where that leaves too much, or a texture lies behind the object, with a loss that outliers do not bend, then by
 * squared error again without the pixels that turned out to be outliers. What is left then, where several starts leave it, is taken for
 * noise that an image file has made. Where that file is known (JPEG), what it stores is compared instead of pixels on the finest level.
 *
 * @returns undefined where there is no object for any guess
 */
export async function findFit(sought: Sought): Promise<Found | undefined> {
  const { target, backdrop, noise, file, knowledge, directions, bounds, renderer, random, budget, follow, hopeless } =
    sought;
  const grain = file ? Math.hypot(noise, file.grain) : noise;
  const textured = backdrop.spread > textureSpread + 2 * grain;
  const pixelLevels = targetLevels(target, squaredLevels, grain);
  const levels = file ? [...pixelLevels.slice(0, -1), file.level()] : pixelLevels;
  const plan = plans[Number.isFinite(knowledge.cameraSpread) ? 'near' : 'anywhere'];
  const level = levels.at(-1)!;
  const enough = ({ cost }: Fitted, { look, expected }: Level = level) =>
    cost < (look ? goodShare * expected : goodCost + 1.5 * expected);
  const surprise = startSurprise(knowledge, level);
  const sure = (fitted: Fitted) => enough(fitted) && (fitted.cost < clearCost || surprise.plausible(fitted));
  const squared = textured ? undefined : await nearer(await searched(levels, budget / 2, sure));
  if (squared && enough(squared.fitted)) return shown(squared.fitted, level);
  if (squared && leftBy(squared.fitted, level).unexplained > hopeless) return shown(squared.fitted, level);
  const beside = squared && (await exchanged(squared.fitted));
  if (beside && explains(leftBy(beside, level))) return shown(beside, level);
  const robust = targetLevels(target, robustLevels, grain);
  const nearest = beside ?? squared?.fitted;
  const fitted = await robustly(robust, nearest);
  if (!fitted) return undefined;
  if (textured) return follow(fitOverTexture(sought, pixelLevels.at(-1)!, fitted));
  const covered = shownPixels(target, fitted.image.coverage, backdrop);
  const left = outliers(robust.at(-1)!, fitted, covered);
  const without = (one: Level) => withoutPixels(one, left);
  const finest = file ? file.level(without) : without(level);
  const fine = [without(levels.at(-2)!), finest];
  const again = await follow(fitLevels(renderer, fine, directions, fitted.guess));
  const found = { fitted: again ?? fitted, level: again ? finest : robust.at(-1)! };
  if (enough(found.fitted, found.level)) return shown(found.fitted, found.level, left);
  // What lies behind is no polynomial: clipped, a corner, a shadow.
  if (backdrop.slopes) return follow(fitOverTexture(sought, pixelLevels.at(-1)!, found.fitted));
  if (!squared?.agreed || file) return shown(found.fitted, found.level, left);
  // Without what was left out for outliers if that will do: noise has some, too.
  for (const { fitted, level: on } of [{ fitted: nearest ?? squared.fitted, level }, found]) {
    const noisy = await follow(fitNoisily(renderer, on, directions, fitted));
    const { unexplained, hidden } = misfit(noisy.level, noisy.fitted, target, backdrop, noise);
    if (unexplained + (on === level ? hidden : 0) < mostUnexplained) return noisy;
  }
  return found;

  /** A fit in pixels, with the noise that it leaves where they were those of a file. @param left what was left out */
  function shown(fitted: Fitted, on: Level, left?: Uint8Array): Found {
    if (!on.look) return { fitted, level: on };
    const pixels = targetLevels(target, squaredLevels.slice(-1), noise)[0]!;
    return inPixels(renderer, fitted, on, left ? withoutPixels(pixels, left) : pixels);
  }

  function leftBy(fitted: Fitted, on: Level) {
    const { fitted: seen, level: pixels } = shown(fitted, on);
    return misfit(pixels, seen, target, backdrop, noise);
  }

  /**
   * And from the start itself, on finer pictures alone, where that was not enough: on coarse ones a pattern that is finer than their pixels leads away from a start that was
   * near. Of 40 `fluted` images that a network read, it finds one more, for 8 % fewer renderings.
   */
  async function nearer(searched: Searched | undefined): Promise<Searched | undefined> {
    if (!searched || !knowledge.shapeGiven || !Number.isFinite(knowledge.cameraSpread)) return searched;
    let best = searched.fitted;
    for (const coarse of [1, 2]) {
      if (enough(best) || renderer.renderings >= budget) break;
      const again = await follow(fitLevels(renderer, levels.slice(coarse), directions, knowledge.guess));
      if (again && again.cost < best.cost) best = again;
    }
    return { ...searched, fitted: best };
  }

  /** Of a clean image that is nearly explained, a fit out of the wrong valley that the other rests in. @returns undefined of others */
  async function exchanged(from: Fitted): Promise<Fitted | undefined> {
    const clean = noise < faint && !backdrop.slopes && !file;
    if (!clean || leftBy(from, level).unexplained > nearlyExplained) return undefined;
    let best = from;
    for (let round = 0; round < exchanges && renderer.renderings < budget; round++) {
      const before = best;
      const spent = () => renderer.renderings >= budget;
      const starts = exchangedPairs(renderer, levels[1]!, directions, knowledge, best, random, spent);
      for (const start of await follow(starts)) {
        const again = await follow(fitLevels(renderer, levels.slice(1), directions, start.guess));
        if (again && again.cost < best.cost) best = again;
        if (enough(best)) return best;
        if (renderer.renderings >= budget) break;
      }
      if (best === before) break;
    }
    return best;
  }

  /** From the start and from what was found so far, and from all of a search's starts anew where renderings are left. */
  async function robustly(robust: readonly Level[], found: Fitted | undefined): Promise<Fitted | undefined> {
    const spent = () => renderer.renderings >= budget;
    const near = Number.isFinite(knowledge.cameraSpread) ? [knowledge.guess] : [];
    const guesses = [...near, ...(found ? [found.guess] : [])];
    const again = await follow(fitRobustly(renderer, robust, directions, guesses, spent));
    // Cauchy's loss of what covers an object alone is more.
    const other =
      again && (spent() || again.cost < bottomCost + 1.5 * robust.at(-1)!.expected)
        ? undefined
        : (await searched(robust, budget, spent))?.fitted;
    return other && (!again || other.cost < again.cost) ? other : again;
  }

  function searched(on: readonly Level[], most: number, until: (fitted: Fitted) => boolean) {
    let drawn = 0;
    const next = () => drawStart(knowledge, bounds, drawn++, random);
    return follow(search(renderer, on, directions, { ...plan, budget: most }, next, until, surprise.cost));
  }
}
