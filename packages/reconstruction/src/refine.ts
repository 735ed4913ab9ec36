import { denormalizeParameters } from '@kanrecon/geometry';
import { imageLimits } from '@kanrecon/identifiability';
import type { InputImage } from '@kanrecon/image';
import { randomStream, type Scene } from '@kanrecon/scene';
import { type DistanceKeeper, distanceKeeper } from './posterior/distance-keeper.js';
import { presetCalibration } from './posterior/preset-calibration.js';
import { refuseIdleDistance } from './posterior/refuse-idle-distance.js';
import { shapePosterior } from './posterior/shape-posterior.js';
import { asMeasured } from './refine/as-measured.js';
import { imageBackdrop } from './refine/backdrop.js';
import { checkStart } from './refine/check-start.js';
import { findFit } from './refine/find-fit.js';
import { stepFollower } from './refine/follow-steps.js';
import { freeDirections } from './refine/free-directions.js';
import { GuessRenderer } from './refine/guess-renderer.js';
import { imageNoise } from './refine/image-noise.js';
import { anythingKnown, knownBounds } from './refine/known.js';
import { KnownError } from './refine/known-error.js';
import type { Fitted } from './refine/level.js';
import { misfit, mostUnexplained } from './refine/misfit.js';
import { refineImage } from './refine/refine-image.js';
import { type RefineOptions, refineOptions } from './refine/refine-options.js';
import type { RefineStart } from './refine/refine-start.js';
import type { Refinement } from './refine/refinement.js';
import { startKnowledge } from './refine/start-knowledge.js';
import { viewOfGuess } from './refine/view-of-guess.js';

/** Misfit above which a fit is not believed. */
const believed = { chiSquared: 2.5, unexplained: mostUnexplained, rms: 8 } as const;
const stream = 7;

/**
 * From a rough answer to an exact one: fits a rendering of the scene to the image (analysis by synthesis), and says what the image
 * leaves open. Shape, camera, base colour and what else the scene draws at random are sought, from many guesses on coarse pictures to
 * one on the finest, by Levenberg-Marquardt's method; where much is left in the end, once more with a loss that outliers do not bend.
 * Deterministic. docs/refinement.md has the method and its sources.
 *
 * @param image of any size from 32 pixels on, RGB or RGBA bytes; neither it nor the start is changed
 * @throws KnownError if the image says that the camera cannot be as far away as it is known to be, or that tells nothing; if an option, the start or the image is wrong; `signal.reason` when aborted
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
  refuseIdleDistance('refine', scene, bounds, limits);
  const target = refineImage(image, scene, size, fit);
  const noise = imageNoise(target.data, target.width);
  const backdrop = imageBackdrop(target);
  const knowledge = startKnowledge(start, scene, bounds, target, backdrop.color);
  const directions = freeDirections(scene, bounds);
  const renderer = new GuessRenderer(scene, backdrop);
  const random = randomStream(stream, seed);
  const follow = stepFollower({ scene, renderer, budget, onProgress, signal });
  const sought = { target, backdrop, noise, knowledge, directions, bounds, renderer, random, budget, follow };
  const found = await findFit(sought);
  if (!found) {
    throw new Error(
      `refine: the scene ${scene.name} has no object for any guess; expected a surface that can be drawn`,
    );
  }
  const { level, carried } = found;
  const { distance } = bounds;
  const keep = distance && distanceKeeper(scene, bounds, limits, found.fitted.guess, distance);
  const best = keep ? sized(found.fitted, scene, keep) : found.fitted;
  const left = misfit(level, best, target, backdrop, noise, carried);
  // The last is for noise so strong that anything would be as likely.
  const good =
    left.chiSquared < believed.chiSquared && left.unexplained < believed.unexplained && left.rms < believed.rms;
  // Presets were measured on clean renderings, compared at their own size, nothing else being known.
  const whole = target.width === Math.max(image.width, image.height);
  const { coverage } = best.image;
  const alike =
    good && whole && !anythingKnown(known) && asMeasured({ target, backdrop, noise, level, coverage }, scene);
  const calibration = given.calibration ?? (alike ? presetCalibration(scene) : undefined);
  const before = knowledge.shapeGiven ? { shape: knowledge.guess.shape, spread: knowledge.shapeSpread } : undefined;
  const posterior = shapePosterior(
    { renderer, level, directions, fitted: best, scene, bounds, limits },
    { samples, random, calibration: calibration || undefined, keep, before },
  );
  const { shape, baseColor } = best.guess;
  return {
    ...posterior,
    found: good,
    calibrated: good && Boolean(calibration),
    parameters: denormalizeParameters(scene.surface, shape),
    normalized: shape,
    view: viewOfGuess(best.guess, scene),
    baseColor,
    misfit: left,
    renderings: renderer.renderings,
  };
}

/** The fit at the size that the camera's distance tells; its picture stays the same. */
function sized(fitted: Fitted, { surface }: Scene, keep: DistanceKeeper): Fitted {
  const { parameters } = surface;
  const at = Float64Array.from(parameters, ({ min, max }, i) => min + (max - min) * fitted.guess.shape[i]!);
  const moved = keep(at, 0.5);
  if (!moved) {
    throw new KnownError(
      'refine: known.cameraDistance does not go with the image; an object that looks like this at that distance is larger or smaller than the scene has any',
    );
  }
  const shape = moved.map((value, i) => (value - parameters[i]!.min) / (parameters[i]!.max - parameters[i]!.min));
  return { ...fitted, guess: { ...fitted.guess, shape } };
}
