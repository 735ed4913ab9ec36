import { checkOptions, type InputImage, type OptionNames } from '@kanrecon/image';
import type { Reconstructor } from '@kanrecon/model';
import { type FindObjectOptions, findObject, firstLook, type Misfit, type Verdict } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';
import { likelyFirst } from './likely-first.js';
import { isWithin } from './scene-within.js';

/** A trained network and what its images show. */
export interface ModelToChoose {
  readonly reconstructor: Pick<Reconstructor, 'predict' | 'targets' | 'card'>;
  readonly scene: Scene;
}

/** How well a model fits an image. */
export interface ModelFit<M> {
  readonly model: M;
  readonly verdict: Verdict;
}

/** Options of {@link chooseModel}. */
export interface ChooseModelOptions {
  /** Renderings for each model, about; 600 when left out, which is enough to tell objects apart, not to find one exactly. */
  readonly budget?: number;
  readonly signal?: AbortSignal;
}

const defaults = { budget: 600 } as const;
const optionNames: OptionNames<ChooseModelOptions> = { ...defaults, signal: 1 };

/**
 * Most pixels that the pictures of a quick look are wide: objects are told apart at 64 as at 128 pixels, of which an image of four models takes a third of the
 * time. They are a whole fraction of the image's, whose pixels are averaged.
 */
const widest = 96;
/** As few as `refine` takes. */
const least = 32;

const order: readonly Verdict['kind'][] = ['found', 'doubtful', 'foreign'];

/**
 * Which of several models an image is for: each network's answer is refined by a few renderings of its scene, the one that looks most like the image first, and
 * what these leave unexplained decides. Once one finds the object, the others are not looked at: hardly any image shows objects of two scenes, and the wrong ones take
 * longest. Where no network's answer leads to the object, each scene is searched once more without it. Where a model finds it whose scene takes in another's
 * (`robust` has the objects of `study` in any light), it is preferred to that where it leaves less.
 *
 * @param image RGB or RGBA bytes, from 32 pixels on
 * @returns those that were looked at, the one that fits best first; where even that is `foreign`, the image shows none of their objects
 * @throws if there is no model, or the image is too small; `signal.reason` when aborted
 */
export async function chooseModel<M extends ModelToChoose>(
  image: InputImage,
  models: readonly M[],
  options: ChooseModelOptions = {},
): Promise<readonly [best: ModelFit<M>, ...others: ModelFit<M>[]]> {
  checkOptions('chooseModel', options, optionNames);
  const { budget = defaults.budget, signal } = options;
  const longer = Math.max(image.width, image.height);
  const size = Math.max(least, Math.round(longer / Math.ceil(longer / widest)));
  const wanted: FindObjectOptions = { ...notAsked, budget, size, secondLook: false, ...(signal && { signal }) };
  const looked: Looked<M>[] = [];
  const sought: M[] = [];
  for (const model of models) {
    const nothing = firstLook(image, model.scene);
    if (nothing) looked.push({ model, verdict: nothing });
    else sought.push(model);
  }
  for (const { model, start } of await likelyFirst(image, sought)) {
    const found = looked.filter(({ verdict }) => verdict.kind === 'found');
    if (found.length > 0 && !found.some((other) => mayBeBeatenBy(other, model.scene))) continue;
    const { verdict, misfit } = await findObject(image, start, model.scene, wanted);
    looked.push({ model, verdict, misfit });
  }
  // Only here a second look: of a single model it would be for every image that is another's.
  if (looked.every(({ verdict }) => verdict.kind !== 'found' && Number.isFinite(verdict.score))) {
    for (const [i, first] of looked.entries()) {
      const { model } = first;
      const { verdict, misfit } = await findObject(image, {}, model.scene, { ...wanted, seed: 2 });
      const second = { model, verdict, misfit };
      if (compare(second, first) < 0) looked[i] = second;
    }
  }
  // Of two that fit alike the first stays first.
  looked.sort(compare);
  const [best, ...others] = looked.map(({ model, verdict }) => ({ model, verdict }));
  if (!best) throw new Error('chooseModel: there is nothing to choose from; expected one model at least, got none');
  return [best, ...others];
}

/** What the image leaves open is of no use here. */
const notAsked = { samples: 1, limits: { invariances: [], combinations: [] }, calibration: false } as const;

interface Looked<M> extends ModelFit<M> {
  /** Of what was sought at all. */
  readonly misfit?: Misfit;
}

/** Whether a fit that found the object may be the other one of two scenes of which one takes in the other. */
function mayBeBeatenBy({ model, misfit }: Looked<ModelToChoose>, scene: Scene): boolean {
  return isWithin(scene, model.scene) || (isWithin(model.scene, scene) && !isClear(misfit));
}

/**
 * Share of the variance that a scene which takes in another's must take off what that leaves, to be preferred: `study` explains many a `robust`
 * image too, with a colour for the light, and numbers that are a tenth off. Its own images have nothing for more freedom to take off.
 */
const worthMore = 0.05;

/** Variances; clean renderings of `study`, made smaller, left up to .42. */
const clear = 0.6;

/** Below 0 where the first fits better. */
function compare(a: Looked<ModelToChoose>, b: Looked<ModelToChoose>): number {
  // Infinity, where nothing was sought, less itself is no number.
  const score = (one: Verdict) => Math.min(one.score, 1);
  const kinds = order.indexOf(a.verdict.kind) - order.indexOf(b.verdict.kind);
  if (kinds !== 0) return kinds;
  if (a.verdict.kind === 'found') {
    if (isWithin(a.model.scene, b.model.scene)) return explainsMore(b, a) ? 1 : -1;
    if (isWithin(b.model.scene, a.model.scene)) return explainsMore(a, b) ? -1 : 1;
  }
  return score(a.verdict) - score(b.verdict);
}

function explainsMore(wide: Looked<unknown>, narrow: Looked<unknown>): boolean {
  const left = ({ misfit }: Looked<unknown>) => misfit?.chiSquared ?? Number.POSITIVE_INFINITY;
  return !isClear(narrow.misfit) && left(wide) < (1 - worthMore) * left(narrow);
}

/** Whether a fit leaves as little as the right one of a clean rendering: in what is left there, more freedom only fits the rounding. */
function isClear(misfit: Misfit | undefined): boolean {
  return misfit !== undefined && misfit.chiSquared < clear;
}
