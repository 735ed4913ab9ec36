import { denormalizeParameters } from '@kanrecon/geometry';
import { imageLimits } from '@kanrecon/identifiability';
import type { InputImage } from '@kanrecon/image';
import { randomStream, type Scene } from '@kanrecon/scene';
import { shapePosterior } from './posterior/shape-posterior.js';
import { checkStart } from './refine/check-start.js';
import { drawStart } from './refine/draw-starts.js';
import { compareGuess, type Fitted, fitLevel } from './refine/fit-level.js';
import { stepFollower } from './refine/follow-steps.js';
import { freeDirections } from './refine/free-directions.js';
import { GuessRenderer } from './refine/guess-renderer.js';
import { imageBackground } from './refine/image-background.js';
import { knownBounds } from './refine/known.js';
import { misfit } from './refine/misfit.js';
import { polish } from './refine/polish.js';
import { refineImage } from './refine/refine-image.js';
import { robustLevels, squaredLevels } from './refine/refine-levels.js';
import { type RefineOptions, refineOptions } from './refine/refine-options.js';
import type { RefineStart } from './refine/refine-start.js';
import type { Refinement } from './refine/refinement.js';
import { search } from './refine/search.js';
import { startKnowledge } from './refine/start-knowledge.js';
import { targetLevels } from './refine/target-levels.js';
import { viewOfGuess } from './refine/view-of-guess.js';

/** How a search goes about it, by what is known of the camera. */
const plans = {
  near: { candidates: 24, turned: 6, starts: 6 },
  anywhere: { candidates: 200, turned: 8, starts: 8 },
} as const;
/** Cost on the finest level below which a fit cannot be in a wrong valley: most end below .05, wrong ones stay above 1. */
const goodCost = 0.3;
/** Cost below which a fit lies at the bottom of its valley. */
const restCost = 0.01;
/** Misfit above which a fit is not believed. */
const believed = { chiSquared: 2.5, unexplained: 0.02 } as const;
const stream = 7;

/**
 * From a rough answer to an exact one: fits a rendering of the scene to the image (analysis by synthesis), and says what the image
 * leaves open. Shape, camera, base colour and what else the scene draws at random are sought, from many guesses on coarse pictures to
 * one on the finest, by Levenberg-Marquardt's method; where much is left in the end, once more with a loss that outliers do not bend.
 * Deterministic. docs/refinement.md has the method and its sources.
 *
 * @param image of any size from 32 pixels on, RGB or RGBA bytes; neither it nor the start is changed
 * @throws if an option, the start or the image is wrong; `signal.reason` when aborted
 */
export async function refine(
  image: InputImage,
  start: RefineStart,
  scene: Scene,
  options: RefineOptions = {},
): Promise<Refinement> {
  const { budget, size, seed, samples, known = {}, fit, onProgress, signal, ...given } = refineOptions(options);
  checkStart(start, scene);
  signal?.throwIfAborted();
  const bounds = knownBounds('refine', scene, known);
  const limits = given.limits ?? (await imageLimits(scene, { ...(signal && { signal }) }));
  const target = refineImage(image, scene, size, fit);
  const background = imageBackground(target);
  const knowledge = startKnowledge(start, scene, bounds, target, background);
  const directions = freeDirections(scene, bounds);
  const renderer = new GuessRenderer(scene);
  const random = randomStream(stream, seed);
  const levels = targetLevels(target, squaredLevels);
  const follow = stepFollower({ scene, renderer, budget, onProgress, signal });
  let drawn = 0;

  const plan = { ...plans[Number.isFinite(knowledge.cameraSpread) ? 'near' : 'anywhere'], budget };
  const next = () => drawStart(knowledge, bounds, drawn++, random);
  const enough = ({ cost }: Fitted) => cost < goodCost;
  let best = await follow(search(renderer, levels, directions, plan, next, enough));
  if (!best) {
    throw new Error(
      `refine: the scene ${scene.name} has no object for any guess; expected a surface that can be drawn`,
    );
  }
  let finest = levels.at(-1)!;
  if (best.cost < goodCost) {
    const atRest = ({ cost }: Fitted) => cost < restCost || renderer.renderings >= budget;
    best = await follow(polish(renderer, levels.slice(-2), directions, best, atRest));
  }
  if (best.cost > goodCost) {
    for (const level of targetLevels(target, robustLevels)) {
      const again = compareGuess(renderer, level, best.guess);
      if (!again) break;
      best = await follow(fitLevel(renderer, level, directions, again));
      finest = level;
    }
  }
  const left = misfit(finest, best, target, background);
  const posterior = shapePosterior(
    { renderer, level: finest, directions, fitted: best, scene, bounds, limits },
    { samples, random },
  );
  const { shape, baseColor } = best.guess;
  return {
    ...posterior,
    found: left.chiSquared < believed.chiSquared && left.unexplained < believed.unexplained,
    parameters: denormalizeParameters(scene.surface, shape),
    normalized: shape,
    view: viewOfGuess(best.guess, scene),
    baseColor,
    misfit: left,
    renderings: renderer.renderings,
  };
}
