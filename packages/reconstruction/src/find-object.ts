import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import { imageLimits } from '@kanrecon/identifiability';
import type { InputImage } from '@kanrecon/image';
import type { Scene } from '@kanrecon/scene';
import { firstLook } from './first-look.js';
import { attempt } from './refine/attempt.js';
import { type RefineOptions, refineOptionNames } from './refine/refine-options.js';
import type { RefineStart } from './refine/refine-start.js';
import type { Refinement } from './refine/refinement.js';
import { refine } from './refine.js';
import { type Verdict, verdict } from './verdict.js';

/** Options of {@link findObject}: those of `refine`, which hold for each of its attempts, and one more. */
export interface FindObjectOptions extends RefineOptions {
  /** Whether to search once more without the start where that does not lead to the object; true when left out. */
  readonly secondLook?: boolean;
}

const optionNames: OptionNames<FindObjectOptions> = { ...refineOptionNames, secondLook: 1 };

/** What was found in an image, and what is to be thought of it; `renderings` are those of all attempts. */
export interface FoundObject extends Refinement {
  readonly verdict: Verdict;
  /** Whether it was found from the start, or that led nowhere (or said nothing) and the whole ranges were searched. */
  readonly startedFrom: 'start' | 'nothing';
}

/** Renderings that are enough where there is nothing to be found. */
const token = 50;
/**
 * Share unexplained, of the start's best and of the first fit without it, beyond which nothing more is tried: there is no such object. At .5 a `study` object was
 * lost that was behind an occluder and given a wrong start.
 */
const hopeless = 0.7;

/**
 * The scene's object in an image, from a network's answer on: a first look, `refine`, and the `verdict` on what that found. Where the answer
 * does not lead to the object, the whole ranges are searched once more without it: a network that is surely wrong keeps the search
 * away from what is there. That is left halfway where both leave more than .7 of what shows unexplained, as of most images of something else. Where
 * the image shows nothing at all, hardly anything is sought. Deterministic.
 *
 * @param image of any size from 32 pixels on, RGB or RGBA bytes
 * @param start what `networkStart` makes of a network's answer; with nothing in it there is no second look, as the first was everywhere
 * @param options `budget` is each attempt's; what `onProgress` is told counts the renderings of both
 * @throws what `refine` throws
 */
export async function findObject(
  image: InputImage,
  start: RefineStart,
  scene: Scene,
  options: FindObjectOptions = {},
): Promise<FoundObject> {
  checkOptions('findObject', options, optionNames);
  const { secondLook = true, ...given } = options;
  const { signal } = given;
  signal?.throwIfAborted();
  // Measured once for both attempts, where they are not known of the scene.
  const limits = given.limits ?? (await imageLimits(scene, { ...(signal && { signal }) }));
  const wanted = { ...given, limits };
  const nothing = firstLook(image, scene, wanted.fit);
  const first = await refine(image, start, scene, { ...wanted, ...(nothing && { budget: token }) });
  const blind = start.normalized === undefined && start.cameraAngles === undefined;
  const startedFrom = blind ? 'nothing' : 'start';
  if (nothing) return { ...first, found: false, startedFrom, verdict: nothing };
  if (first.found || blind || !secondLook) return { ...first, startedFrom, verdict: verdict(first, scene) };
  const again = { ...after(first, wanted), seed: (wanted.seed ?? 1) + 1 };
  const second = await attempt(image, {}, scene, again, first.misfit.unexplained > hopeless ? hopeless : undefined);
  const better = second.found || second.misfit.chiSquared < first.misfit.chiSquared;
  return {
    ...(better ? second : first),
    renderings: first.renderings + second.renderings,
    startedFrom: better ? 'nothing' : 'start',
    verdict: verdict(better ? second : first, scene),
  };
}

/** The options of a second attempt, whose progress goes on where the first one's ended. */
function after({ renderings }: Refinement, { onProgress, ...options }: RefineOptions): RefineOptions {
  if (!onProgress) return options;
  return {
    ...options,
    onProgress: (step) =>
      onProgress({ ...step, renderings: renderings + step.renderings, budget: renderings + step.budget }),
  };
}
