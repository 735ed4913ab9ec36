import { checkOptions, denormalizeParameters, type OptionNames } from '@kanrecon/geometry';
import { type ImageLimits, imageLimits } from '@kanrecon/identifiability';
import type { FitImageOptions, InputImage } from '@kanrecon/image';
import type { CameraAngles, Vector3 } from '@kanrecon/render';
import { type DrawnView, randomStream, type Scene, typicalView } from '@kanrecon/scene';
import { type ShapePosterior, shapePosterior } from './posterior/shape-posterior.js';
import { imageBackdrop } from './refine/backdrop.js';
import { drawStart } from './refine/draw-starts.js';
import type { Fitted } from './refine/fit-level.js';
import { fitLevels, fitRobustly } from './refine/fit-robustly.js';
import { freeDirections } from './refine/free-directions.js';
import type { Guess } from './refine/guess.js';
import { GuessRenderer } from './refine/guess-renderer.js';
import { imageNoise } from './refine/image-noise.js';
import { type Known, knownBounds } from './refine/known.js';
import { type Misfit, misfit, shownPixels } from './refine/misfit.js';
import { outliers, withoutPixels } from './refine/outliers.js';
import { polish } from './refine/polish.js';
import { refineImage } from './refine/refine-image.js';
import { robustLevels, squaredLevels } from './refine/refine-levels.js';
import { search } from './refine/search.js';
import { startKnowledge } from './refine/start-knowledge.js';
import { targetLevels } from './refine/target-levels.js';

/** What a refinement starts from: a network's answer, or nothing but the middle of the ranges. */
export interface RefineStart {
  /** Shape parameters scaled to [0, 1] over their ranges, in the surface's order; the middles when left out. */
  readonly normalized?: ArrayLike<number>;
  /** How far each may be off: a standard deviation, scaled likewise; .1 each when left out, .3 where nothing is known. */
  readonly spread?: ArrayLike<number>;
  /** When left out, the camera is sought in all directions. */
  readonly cameraAngles?: CameraAngles;
  /** How far the camera may be off about each of its axes: a standard deviation in radians; .1 when left out. */
  readonly cameraSpread?: number;
  /** Linear RGB; taken from the image when left out. */
  readonly baseColor?: Vector3;
}

/** What {@link refine} tells after each step. */
export interface RefineProgress {
  /** `search` compares many guesses coarsely, `fit` moves one into place. */
  readonly phase: 'search' | 'fit';
  /** Shape parameters by name, in units, of the best guess of this moment. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
  /** What is left, in variances of what is expected; see `Misfit`. It falls on one level and jumps from one level to the next. */
  readonly cost: number;
  readonly renderings: number;
  readonly budget: number;
}

/** Options of {@link refine}. */
export interface RefineOptions {
  /** Renderings to be spent at most, about; 2,000 when left out. A few more are made to end what was begun, and for the posterior. */
  readonly budget?: number;
  /** Width and height of the pictures that are compared, from 32 to 256 pixels; the image's own where it is smaller. 64 when left out. */
  readonly size?: number;
  /** Of the guesses and of the posterior's samples. The same seed gives the same numbers. */
  readonly seed?: number;
  /** Samples of the posterior; 400 when left out. */
  readonly samples?: number;
  /** What is known besides the image. */
  readonly known?: Known;
  /** What images of the scene can tell at all; measured where it is not known of the scene. */
  readonly limits?: Pick<ImageLimits, 'invariances' | 'combinations'>;
  /** How an image that is not square is completed; the scene's background is set beside it when left out. */
  readonly fit?: FitImageOptions;
  readonly onProgress?: (progress: RefineProgress) => void;
  readonly signal?: AbortSignal;
}

/** What {@link refine} found. */
export interface Refinement extends ShapePosterior {
  /** Whether the rendering explains the image; where it does not, nothing here is to be trusted. */
  readonly found: boolean;
  /** The best shape by name, in units, inside the ranges: the posterior's peak. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The same scaled to [0, 1], in the surface's order. */
  readonly normalized: Float64Array;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
  readonly misfit: Misfit;
  readonly renderings: number;
}

const defaults = { budget: 2000, size: 64, seed: 1, samples: 400 } as const;
const optionNames: OptionNames<RefineOptions> = {
  ...defaults,
  known: 1,
  limits: 1,
  fit: 1,
  onProgress: 1,
  signal: 1,
};
const startNames: OptionNames<RefineStart> = {
  normalized: 1,
  spread: 1,
  cameraAngles: 1,
  cameraSpread: 1,
  baseColor: 1,
};

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
const believed = { chiSquared: 2.5, unexplained: 0.05 } as const;
/** Of 255: a border that differs more from its polynomial, noise apart, is a texture. */
const textureSpread = 2;
const stream = 7;
/** Milliseconds of work between looks at what else happens. */
const turn = 15;

/**
 * From a rough answer to an exact one: fits a rendering of the scene to the image (analysis by synthesis), and says what the image leaves
 * open. Shape, camera, base colour and what else the scene draws at random are sought, from many guesses on coarse pictures to one on the finest,
 * by Levenberg-Marquardt's method; where much is left in the end, or the background is a texture, with a loss that outliers do not bend, and
 * once more without these. What lies behind may change in colour over the image. Deterministic.
 *
 * @param image of any size from 32 pixels on, RGB or RGBA bytes
 * @throws if an option or the image is wrong; `signal.reason` when aborted
 */
export async function refine(
  image: InputImage,
  start: RefineStart,
  scene: Scene,
  options: RefineOptions = {},
): Promise<Refinement> {
  checkOptions('refine', options, optionNames);
  checkOptions('refine', start, startNames);
  const { budget = defaults.budget, size = defaults.size, seed = defaults.seed, onProgress, signal } = options;
  signal?.throwIfAborted();
  const bounds = knownBounds('refine', scene, options.known ?? {});
  const limits = options.limits ?? (await imageLimits(scene, { ...(signal && { signal }) }));
  const target = refineImage(image, scene, size, options.fit);
  const noise = imageNoise(target.data, target.width);
  const backdrop = imageBackdrop(target);
  const background = backdrop.color;
  const knowledge = startKnowledge(start, scene, bounds, target, background);
  const directions = freeDirections(scene, bounds);
  const renderer = new GuessRenderer(scene, backdrop);
  const random = randomStream(stream, seed);
  const textured = backdrop.spread > textureSpread + 2 * noise;
  const levels = targetLevels(target, squaredLevels, noise);
  const robust = targetLevels(target, robustLevels, noise);
  let drawn = 0;
  let last = Date.now();

  const plan = plans[Number.isFinite(knowledge.cameraSpread) ? 'near' : 'anywhere'];
  const next = () => drawStart(knowledge, bounds, drawn++, random);
  let finest = levels.at(-1)!;
  let best = textured
    ? undefined
    : await followed(search(renderer, levels, directions, { ...plan, budget: budget / 2 }, next, enough));
  let fine = levels.slice(-2);
  if (!best || !enough(best)) {
    finest = robust.at(-1)!;
    const guesses = [
      ...(Number.isFinite(knowledge.cameraSpread) ? [knowledge.guess] : []),
      ...(best ? [best.guess] : []),
    ];
    const spent = () => renderer.renderings >= budget;
    const again = await followed(asSteps(fitRobustly(renderer, robust, directions, guesses, spent)));
    drawn = 0;
    const other =
      again && spent()
        ? undefined
        : await followed(search(renderer, robust, directions, { ...plan, budget }, next, spent));
    best = least([again, other]);
    if (!best) {
      throw new Error(`refine: ${scene.name} has no object for any guess; expected a surface that can be drawn`);
    }
    if (!textured) {
      const left = outliers(finest, best, shownPixels(target, best.image.coverage, backdrop));
      fine = fine.map((level) => withoutPixels(level, left));
      finest = fine.at(-1)!;
      best = (await followed(asSteps(fitLevels(renderer, fine, directions, best.guess)))) ?? best;
    }
  }
  if (!textured && enough(best)) {
    const atRest = ({ cost }: Fitted) => cost < restCost + 1.1 * finest.expected || renderer.renderings >= budget;
    best = await followed(asSteps(polish(renderer, fine, directions, best, atRest)));
  }
  const left = misfit(finest, best, target, backdrop, noise);
  const posterior = shapePosterior(
    { renderer, level: finest, directions, fitted: best, scene, bounds, limits },
    { samples: options.samples ?? defaults.samples, random },
  );
  const { shape, baseColor } = best.guess;
  return {
    ...posterior,
    found: left.chiSquared < believed.chiSquared && left.unexplained < believed.unexplained,
    parameters: denormalizeParameters(scene.surface, shape),
    normalized: shape,
    view: viewOf(best.guess, scene),
    baseColor,
    misfit: left,
    renderings: renderer.renderings,
  };

  function enough({ cost }: Fitted): boolean {
    return cost < goodCost + 1.5 * finest.expected;
  }

  async function followed<R>(generator: Generator<{ phase: 'search' | 'fit'; fitted: Fitted }, R, void>): Promise<R> {
    for (;;) {
      const { value, done } = generator.next();
      if (done) return value;
      if (onProgress) {
        const { guess, cost } = value.fitted;
        onProgress({
          phase: value.phase,
          parameters: denormalizeParameters(scene.surface, guess.shape),
          view: viewOf(guess, scene),
          baseColor: guess.baseColor,
          cost,
          renderings: renderer.renderings,
          budget,
        });
      }
      if (Date.now() - last > turn) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        last = Date.now();
      }
      signal?.throwIfAborted();
    }
  }
}

function viewOf({ cameraAngles, tanHalfFov, light, background }: Guess, scene: Scene): DrawnView {
  const grey = Math.round((background[0] + background[1] + background[2]) / 3);
  return { ...typicalView(scene, cameraAngles), tanHalfFov, light, background: grey };
}

/** A fit's steps as a search tells them. */
function* asSteps<R>(fit: Generator<Fitted, R, void>): Generator<{ phase: 'fit'; fitted: Fitted }, R, void> {
  for (;;) {
    const { value, done } = fit.next();
    if (done) return value;
    yield { phase: 'fit', fitted: value };
  }
}

function least(list: readonly (Fitted | undefined)[]): Fitted | undefined {
  return list.reduce((a, b) => (a && (!b || a.cost <= b.cost) ? a : b), undefined);
}
