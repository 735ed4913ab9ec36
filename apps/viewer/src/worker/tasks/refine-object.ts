import { findObject } from '@kanrecon/reconstruction';
import { loadNetwork } from '../load-networks.js';
import type { RefinedObject, RefineStep, Requests } from '../protocol.js';
import type { TaskContext } from '../task-context.js';

/**
 * Refines an answer by rendering; where that does not explain the image, once more without it, as `kanrecon predict` does (`findObject`).
 */
export async function refineObject(
  { picture, model, start, known, seed }: Requests['refine']['input'],
  { signal, tell }: TaskContext<RefineStep>,
): Promise<RefinedObject> {
  const { scene } = await loadNetwork(model);
  const found = await findObject(picture, start, scene, {
    known: { parameters: known },
    seed,
    signal,
    onProgress: ({ budget: _, ...step }) => tell(step),
  });
  return {
    model,
    verdict: found.verdict,
    calibrated: found.calibrated,
    parameters: found.parameters,
    normalized: [...found.normalized],
    estimates: found.estimates,
    combinations: found.combinations,
    view: found.view,
    baseColor: found.baseColor,
    misfit: found.misfit,
    renderings: found.renderings,
    known,
  };
}
