import { checkOptions, type InputImage, type OptionNames } from '@kanrecon/image';
import type { Reconstructor } from '@kanrecon/model';
import {
  firstLook,
  networkCamera,
  networkColumns,
  type RefineOptions,
  type RefineStart,
  refine,
  type Verdict,
  verdict,
} from '@kanrecon/reconstruction';
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
  const wanted = { ...notAsked, budget, ...(signal && { signal }) };
  const fits: ModelFit<M>[] = [];
  for (const model of models) {
    const { reconstructor, scene } = model;
    const seen = firstLook(image, scene);
    fits.push({
      model,
      verdict: seen ?? (await judge(image, await answerOf(reconstructor, scene, image), scene, wanted)),
    });
  }
  // A network that is surely wrong keeps the search away from what is there.
  if (fits.every(({ verdict }) => verdict.kind !== 'found' && Number.isFinite(verdict.score))) {
    for (const [i, { model, verdict: first }] of fits.entries()) {
      const second = await judge(image, {}, model.scene, { ...wanted, seed: 2 });
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

async function judge(image: InputImage, start: RefineStart, scene: Scene, options: RefineOptions): Promise<Verdict> {
  return verdict(await refine(image, start, scene, options), scene);
}

/** What the network says, as refinement begins with it. */
async function answerOf(
  reconstructor: ModelToChoose['reconstructor'],
  scene: Scene,
  image: InputImage,
): Promise<RefineStart> {
  const columns = networkColumns(reconstructor, scene);
  const { normalized, spread } = await reconstructor.predict(image);
  const { cameraAngles, found } = networkCamera(reconstructor, normalized, scene, spread);
  const ofShape = (values: Float32Array) => Float32Array.from(columns, (column) => values[column]);
  return {
    normalized: ofShape(normalized),
    ...(spread && { spread: ofShape(spread) }),
    ...(found.length > 0 && { cameraAngles }),
  };
}

/** Below 0 where the first fits better. */
function compare(a: Verdict, b: Verdict): number {
  // Infinity, where nothing was sought, less itself is no number.
  const score = (one: Verdict) => Math.min(one.score, 1);
  return order.indexOf(a.kind) - order.indexOf(b.kind) || score(a) - score(b);
}
