import { denormalizeParameters } from '@kanrecon/geometry';
import { imageLimits } from '@kanrecon/identifiability';
import type { InputImage } from '@kanrecon/image';
import { randomStream, type Scene } from '@kanrecon/scene';
import { type DistanceKeeper, distanceKeeper } from '../posterior/distance-keeper.js';
import { presetCalibration } from '../posterior/preset-calibration.js';
import { refuseIdleDistance } from '../posterior/refuse-idle-distance.js';
import { shapePosterior } from '../posterior/shape-posterior.js';
import { asMeasured } from './as-measured.js';
import { imageBackdrop } from './backdrop.js';
import { checkStart } from './check-start.js';
import { findFit } from './find-fit.js';
import { stepFollower } from './follow-steps.js';
import { freeDirections } from './free-directions.js';
import { GuessRenderer } from './guess-renderer.js';
import { imageNoise } from './image-noise.js';
import { jpegFile } from './jpeg/jpeg-file.js';
import { goodShare, mostShare } from './jpeg/jpeg-level.js';
import { anythingKnown, knownBounds } from './known.js';
import { KnownError } from './known-error.js';
import type { Fitted } from './level.js';
import { explains, misfit } from './misfit.js';
import { refineImage } from './refine-image.js';
import { type RefineOptions, refineOptions } from './refine-options.js';
import type { RefineStart } from './refine-start.js';
import type { Refinement } from './refinement.js';
import { startKnowledge } from './start-knowledge.js';
import { viewOfGuess } from './view-of-guess.js';

/** Misfit above which a better fit is likely to exist, of a clean rendering. */
const settledChiSquared = 0.6;
const stream = 7;

/**
 * What `refine` does, but that it may give up.
 *
 * @param hopeless after the first fit, by squared error, of all starts: where that leaves more than this share unexplained, nothing else is tried
 */
export async function attempt(
  image: InputImage,
  start: RefineStart,
  scene: Scene,
  options: RefineOptions,
  hopeless = Number.POSITIVE_INFINITY,
): Promise<Refinement> {
  const { budget, size, seed, samples, known = {}, fit, onProgress, signal, ...given } = refineOptions(options);
  checkStart(start, scene);
  signal?.throwIfAborted();
  const bounds = knownBounds('refine', scene, known);
  const limits = given.limits ?? (await imageLimits(scene, { ...(signal && { signal }) }));
  refuseIdleDistance('refine', scene, bounds, limits);
  const target = refineImage(image, scene, size, fit);
  const noise = imageNoise(target.data, target.width);
  const file = target.width === image.width && target.height === image.height ? jpegFile(target) : undefined;
  const backdrop = imageBackdrop(target);
  const knowledge = startKnowledge(start, scene, bounds, target, backdrop.color);
  const directions = freeDirections(scene, bounds);
  const renderer = new GuessRenderer(scene, backdrop);
  const random = randomStream(stream, seed);
  const follow = stepFollower({ scene, renderer, budget, onProgress, signal });
  const sought = {
    target,
    backdrop,
    noise,
    file,
    knowledge,
    directions,
    bounds,
    renderer,
    random,
    budget,
    follow,
    hopeless,
  };
  const found = await findFit(sought);
  if (!found) {
    throw new Error(
      `refine: the scene ${scene.name} has no object for any guess; expected a surface that can be drawn`,
    );
  }
  const { level, carried, told } = found;
  const { distance } = bounds;
  const keep = distance && distanceKeeper(scene, bounds, limits, found.fitted.guess, distance);
  const best = keep ? sized(found.fitted, scene, keep) : found.fitted;
  const left = misfit(level, best, target, backdrop, noise, carried);
  // How much of the file is left says more than how much of its pixels.
  const share = told ? told.fitted.cost / told.level.expected : 0;
  const good = explains(left) && share < mostShare;
  // Presets were measured on clean renderings, compared at their own size, nothing else being known.
  const whole = target.width === Math.max(image.width, image.height);
  const { coverage } = best.image;
  const alike =
    good && whole && !anythingKnown(known) && asMeasured({ target, backdrop, noise, level, coverage }, scene);
  const calibration = given.calibration ?? (alike ? presetCalibration(scene) : undefined);
  // A start that does not say how sure it is of the shape is where to begin, and nothing known.
  const before = start.spread ? { shape: knowledge.guess.shape, spread: knowledge.shapeSpread } : undefined;
  // What was compared where that were no pixels, at the size that is known.
  const compared = told
    ? { level: told.level, fitted: { ...told.fitted, guess: best.guess } }
    : { level, fitted: best };
  const posterior = shapePosterior(
    { renderer, directions, ...compared, scene, bounds, limits },
    { samples, random, calibration: calibration || undefined, keep, before },
  );
  const { shape, baseColor } = best.guess;
  return {
    ...posterior,
    found: good,
    settled: good && (told ? share < goodShare : left.chiSquared < settledChiSquared + 1.5 * level.expected),
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
