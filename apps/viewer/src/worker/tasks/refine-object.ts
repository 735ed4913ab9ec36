import { firstLook, type Refinement, refine, type Verdict, verdict } from '@kanrecon/reconstruction';
import { loadNetwork } from '../load-networks.js';
import type { RefinedObject, RefineStep, Requests } from '../protocol.js';
import type { TaskContext } from '../task-context.js';

/** Renderings of one attempt, about, and those that are enough where there is nothing to be found. */
const budgets = { usual: 2000, token: 50 } as const;

/**
 * Refines an answer by rendering. Where that does not explain the image, once more without it: a network that is surely wrong would keep the
 * search away from what is there.
 */
export async function refineObject(
  { picture, model, start, known, seed }: Requests['refine']['input'],
  { signal, tell }: TaskContext<RefineStep>,
): Promise<RefinedObject> {
  const { scene } = await loadNetwork(model);
  let before = 0;
  const options = {
    known: { parameters: known },
    signal,
    onProgress: ({ budget: _, renderings, ...step }: RefineStep & { budget: number }) =>
      tell({ ...step, renderings: before + renderings }),
  };
  const nothing = firstLook(picture, scene);
  const first = await refine(picture, start, scene, {
    ...options,
    seed,
    budget: nothing ? budgets.token : budgets.usual,
  });
  const result = (found: Refinement, said: Verdict): RefinedObject => ({
    model,
    verdict: said,
    calibrated: found.calibrated,
    parameters: found.parameters,
    normalized: [...found.normalized],
    estimates: found.estimates,
    combinations: found.combinations,
    view: found.view,
    baseColor: found.baseColor,
    misfit: found.misfit,
    renderings: before + found.renderings,
    known,
  });
  if (nothing || first.found) return result(first, nothing ?? verdict(first, scene));
  before = first.renderings;
  const second = await refine(picture, {}, scene, { ...options, seed: seed + 1, budget: budgets.usual });
  const better = second.found || second.misfit.chiSquared < first.misfit.chiSquared;
  return result(better ? second : first, verdict(better ? second : first, scene));
}
