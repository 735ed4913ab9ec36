import type { RgbImage } from '@kanrecon/render';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Backdrop } from './backdrop.js';
import type { Bounds } from './bounds.js';
import { drawStart, type StartKnowledge } from './draw-starts.js';
import { fitLevels, fitRobustly } from './fit-robustly.js';
import type { stepFollower } from './follow-steps.js';
import type { FreeDirection } from './free-directions.js';
import type { GuessRenderer } from './guess-renderer.js';
import type { Fitted, Level } from './level.js';
import { shownPixels } from './misfit.js';
import { outliers, withoutPixels } from './outliers.js';
import { polish } from './polish.js';
import { robustLevels, squaredLevels } from './refine-levels.js';
import { search } from './search.js';
import { targetLevels } from './target-levels.js';

/** What {@link findFit} looks for, and with what. */
export interface Sought {
  readonly target: RgbImage;
  readonly backdrop: Backdrop;
  /** Standard deviation of the image's noise, of 255. */
  readonly noise: number;
  readonly knowledge: StartKnowledge;
  readonly directions: readonly FreeDirection[];
  readonly bounds: Bounds;
  readonly renderer: GuessRenderer;
  readonly random: RandomGenerator;
  /** Renderings. */
  readonly budget: number;
  readonly follow: ReturnType<typeof stepFollower>;
}

/** How a search goes about it, by what is known of the camera. */
const plans = {
  near: { candidates: 16, turned: 3, starts: 6 },
  anywhere: { candidates: 200, turned: 8, starts: 8 },
} as const;
/** Cost on the finest level below which a fit cannot be in a wrong valley: most end below .05, wrong ones stay above 1. */
const goodCost = 0.3;
/** Cost below which a fit lies at the bottom of its valley. */
const restCost = 0.03;
/** Of 255: a border that differs more from its polynomial, noise apart, is a texture. */
const textureSpread = 2;

/**
 * The best fit, and the level that it is of. By squared error first; where that leaves too much, or a texture lies behind the object, with a loss that
 * outliers do not bend, then by squared error again without the pixels that turned out to be outliers. Fits that came to rest
 * too early are polished.
 *
 * @returns undefined where there is no object for any guess
 */
export async function findFit(sought: Sought): Promise<{ fitted: Fitted; level: Level } | undefined> {
  const { target, backdrop, noise, knowledge, directions, bounds, renderer, random, budget, follow } = sought;
  const textured = backdrop.spread > textureSpread + 2 * noise;
  const levels = targetLevels(target, squaredLevels, noise);
  const plan = plans[Number.isFinite(knowledge.cameraSpread) ? 'near' : 'anywhere'];
  let fine = levels.slice(-2);
  let level = levels.at(-1)!;
  const enough = ({ cost }: Fitted) => cost < goodCost + 1.5 * level.expected;
  let fitted = textured ? undefined : await searched(levels, budget / 2, enough);
  if (!fitted || !enough(fitted)) {
    const robust = targetLevels(target, robustLevels, noise);
    level = robust.at(-1)!;
    fitted = await robustly(robust, fitted);
    if (!fitted) return undefined;
    if (!textured) {
      const left = outliers(level, fitted, shownPixels(target, fitted.image.coverage, backdrop));
      fine = fine.map((one) => withoutPixels(one, left));
      level = fine.at(-1)!;
      fitted = (await follow(fitLevels(renderer, fine, directions, fitted.guess))) ?? fitted;
    }
  }
  if (!textured && enough(fitted)) {
    const spent = () => renderer.renderings >= budget;
    const atRest = ({ cost }: Fitted) => cost < restCost + 1.1 * level.expected || spent();
    fitted = await follow(polish(renderer, fine, directions, fitted, atRest));
  }
  return { fitted, level };

  /** From the start and from what was found so far, and from all of a search's starts anew where renderings are left. */
  async function robustly(robust: readonly Level[], found: Fitted | undefined): Promise<Fitted | undefined> {
    const spent = () => renderer.renderings >= budget;
    const near = Number.isFinite(knowledge.cameraSpread) ? [knowledge.guess] : [];
    const guesses = [...near, ...(found ? [found.guess] : [])];
    const again = await follow(fitRobustly(renderer, robust, directions, guesses, spent));
    const other = again && spent() ? undefined : await searched(robust, budget, spent);
    return other && (!again || other.cost < again.cost) ? other : again;
  }

  function searched(on: readonly Level[], most: number, until: (fitted: Fitted) => boolean) {
    let drawn = 0;
    const next = () => drawStart(knowledge, bounds, drawn++, random);
    return follow(search(renderer, on, directions, { ...plan, budget: most }, next, until));
  }
}
