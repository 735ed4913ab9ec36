import { decodeImage } from '@kanrecon/dataset/node';
import { type InputImage, imageFitDefaults } from '@kanrecon/image';
import { chooseModel, type ModelFit, type ModelToChoose } from '@kanrecon/pretrained';
import type { InputImageFile } from './input-image.js';
import { smallImage } from './small-image.js';
import { isTooSmall } from './too-small.js';

/** A shipped model among which one is chosen. */
export interface ShippedModel extends ModelToChoose {
  readonly name: string;
}

/** Which was chosen, and why. */
export interface ShippedChoice<M> {
  readonly model: M;
  /** For people: one sentence. */
  readonly sentence: string;
}

/** Images that are looked at: a folder's are hardly ever of several scenes. */
const looked = 3;

/**
 * Chooses the shipped model that fits the first images best.
 *
 * @param images in their order; those that cannot be used, or are too small to be refined, are passed over
 * @param models one at least
 * @throws `signal.reason` when aborted
 */
export async function chooseShipped<M extends ShippedModel>(
  images: readonly InputImageFile[],
  models: readonly M[],
  signal: AbortSignal,
): Promise<ShippedChoice<M>> {
  const [only] = models;
  if (models.length === 1) {
    return { model: only!, sentence: `No --model is given: taken is ${only!.name}, the only one shipped.` };
  }
  const judged: { readonly shown: string; readonly fits: readonly ModelFit<M>[] }[] = [];
  for (const file of images) {
    if (judged.length === looked) break;
    const image = await usable(file);
    if (image) judged.push({ shown: file.shown, fits: await chooseModel(image, models, { signal }) });
  }
  const [first, ...others] = judged;
  if (!first) {
    const sentence = `No --model is given, and no image is fit to choose by: taken is ${only!.name}, the first one shipped.`;
    return { model: only!, sentence };
  }
  if (others.length === 0) {
    const [{ model }] = first.fits as [ModelFit<M>];
    return { model, sentence: sentenceOf(first.shown, first.fits) };
  }
  const wins = models.map((model) => judged.filter(({ fits }) => fits[0]!.model === model).length);
  const most = Math.max(...wins);
  const model = models[wins.indexOf(most)]!;
  const sentence = `No --model is given: of the shipped models ${model.name} fits best, ${most} of the first ${judged.length} images.`;
  return { model, sentence };
}

function sentenceOf(shown: string, [best, ...others]: readonly ModelFit<ShippedModel>[]): string {
  const left = ({ verdict }: ModelFit<ShippedModel>) => {
    const percent = 100 * Math.min(1, verdict.score);
    return `${percent < 0.1 ? 'less than 0.1' : percent.toFixed(1)} %`;
  };
  const named = others.map((fit) => `${fit.model.name}: ${left(fit)}`).join(', ');
  const rest = named && ` (${named})`;
  if (best!.verdict.kind === 'foreign') {
    return `No --model is given, and no shipped model explains ${shown}: taken is ${best!.model.name}, which leaves ${left(best!)} of it unexplained${rest}.`;
  }
  return `No --model is given: of the shipped models ${best!.model.name} fits ${shown} best, a quick look leaves ${left(best!)} of it unexplained${rest}.`;
}

/** As refinement takes it; undefined for an image of which is told later. */
async function usable({ source, shown }: InputImageFile): Promise<InputImage | undefined> {
  const image = await decodeImage(source, { name: shown }).catch(() => undefined);
  const small = image && smallImage(image, imageFitDefaults.background);
  return small && !isTooSmall(small) ? small : undefined;
}
