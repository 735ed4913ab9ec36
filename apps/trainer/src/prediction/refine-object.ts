import { type Known, type Refinement, type RefineOptions, type RefineStart, refine } from '@kanrecon/reconstruction';
import type { RgbImage } from '@kanrecon/render';
import type { Scene } from '@kanrecon/scene';

/** How objects are refined. */
export interface RefineWish extends Pick<RefineOptions, 'limits' | 'onProgress'> {
  /** Renderings of one attempt, about. */
  readonly budget: number;
  readonly known: Known;
}

/** What a refinement gave; `renderings` are those of all attempts. */
export interface RefinedObject extends Refinement {
  /** Whether it began at the network's answer, or that led nowhere and it began anew without it. */
  readonly startedFrom: 'network' | 'nothing';
}

/**
 * Refines a network's answer. Where that does not explain the image, once more without it: a network that is surely wrong would
 * otherwise keep the search away from what is there.
 */
export async function refineObject(
  image: RgbImage,
  start: RefineStart,
  scene: Scene,
  wish: RefineWish,
  signal?: AbortSignal,
): Promise<RefinedObject> {
  const options = { ...wish, ...(signal && { signal }) };
  const first = await refine(image, start, scene, options);
  if (first.found) return { ...first, startedFrom: 'network' };
  const second = await refine(image, {}, scene, { ...options, seed: 2 });
  const renderings = first.renderings + second.renderings;
  const better = second.found || second.misfit.chiSquared < first.misfit.chiSquared;
  return better ? { ...second, renderings, startedFrom: 'nothing' } : { ...first, renderings, startedFrom: 'network' };
}
