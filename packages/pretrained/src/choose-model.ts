import { checkOptions, type InputImage, type OptionNames } from '@kanrecon/image';
import type { Reconstructor } from '@kanrecon/model';
import { type FindObjectOptions, findObject, firstLook, networkStart, type Verdict } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';

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

const order: readonly Verdict['kind'][] = ['found', 'doubtful', 'foreign'];

/**
 * Which of several models an image is for: each network's answer is refined by a few renderings of its scene, and what these leave
 * unexplained decides. Where no network's answer leads to the object, each scene is searched once more without it.
 *
 * @param image RGB or RGBA bytes, from 32 pixels on
 * @returns all of them, the one that fits best first; where even that is `foreign`, the image shows none of their objects
 * @throws if there is no model, or the image is too small; `signal.reason` when aborted
 */
export async function chooseModel<M extends ModelToChoose>(
  image: InputImage,
  models: readonly M[],
  options: ChooseModelOptions = {},
): Promise<readonly [best: ModelFit<M>, ...others: ModelFit<M>[]]> {
  checkOptions('chooseModel', options, optionNames);
  const { budget = defaults.budget, signal } = options;
  const wanted: FindObjectOptions = { ...notAsked, budget, secondLook: false, ...(signal && { signal }) };
  const fits: ModelFit<M>[] = [];
  for (const model of models) {
    const verdict = firstLook(image, model.scene) ?? (await lookFrom(image, model, wanted));
    fits.push({ model, verdict });
  }
  // Only here a second look: of a single model it would be for every image that is another's.
  if (fits.every(({ verdict }) => verdict.kind !== 'found' && Number.isFinite(verdict.score))) {
    for (const [i, { model, verdict: first }] of fits.entries()) {
      const { verdict: second } = await findObject(image, {}, model.scene, { ...wanted, seed: 2 });
      if (compare(second, first) < 0) fits[i] = { model, verdict: second };
    }
  }
  // Of two that fit alike the first stays first.
  fits.sort((a, b) => compare(a.verdict, b.verdict));
  const [best, ...others] = fits;
  if (!best) throw new Error('chooseModel: there is nothing to choose from; expected one model at least, got none');
  return [best, ...others];
}

/** What the image leaves open is of no use here. */
const notAsked = { samples: 1, limits: { invariances: [], combinations: [] }, calibration: false } as const;

/** What is to be thought of what a model's network leads to. */
async function lookFrom(image: InputImage, { reconstructor, scene }: ModelToChoose, wanted: FindObjectOptions) {
  const start = networkStart(reconstructor, await reconstructor.predict(image), scene);
  return (await findObject(image, start, scene, wanted)).verdict;
}

/** Below 0 where the first fits better. */
function compare(a: Verdict, b: Verdict): number {
  // Infinity, where nothing was sought, less itself is no number.
  const score = (one: Verdict) => Math.min(one.score, 1);
  return order.indexOf(a.kind) - order.indexOf(b.kind) || score(a) - score(b);
}
