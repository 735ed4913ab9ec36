import { normalizeParameters } from '@kanrecon/geometry';
import type { Case } from '../state/case.js';
import { withEdit } from '../state/edits.js';
import { current, findCase, models, updateCase } from '../state/store.js';
import type { RefineBegin, RefinedObject, RefineStep } from '../worker/protocol.js';
import { report } from './report.js';
import { worker } from './worker.js';

/** Points of the curve that are kept; of more, every other one is left out. */
const mostPoints = 600;

let controller: AbortController | undefined;

/**
 * Fits renderings to the current image: from the network's answer, from where it was stopped, or from what was found before. What is locked
 * is known, and stays.
 */
export async function refineCurrent(): Promise<void> {
  const item = current.value;
  if (!item?.picture || !item.model || item.phase !== 'ready') return;
  const { id, model, picture, edit } = item;
  const known = Object.fromEntries((edit?.locks ?? []).map((name) => [name, edit!.parameters[name]!]));
  controller = new AbortController();
  const { signal } = controller;
  const follow = stepFollower(id, item.step?.renderings ?? 0);
  updateCase(id, { phase: 'refining', ...(!item.step && { curve: [] }) });
  try {
    const again = item.refined[model] ? 1 : 0;
    const found = await worker.ask(
      'refine',
      { picture, model, start: beginOf(item), known, seed: 1 + again },
      { signal, onEvent: follow.tell },
    );
    follow.end();
    settled(id, found);
  } catch (error) {
    follow.end();
    // Where it was stopped stays, to be gone on from.
    updateCase(id, (stopped) => ({
      phase: 'ready',
      ...(stopped.step && stopped.edit && withEdit(stopped, { ...stopped.edit, parameters: stopped.step.parameters })),
    }));
    if (!signal.aborted) report(error);
  }
}

export function stopRefining(): void {
  controller?.abort(new DOMException('stopped', 'AbortError'));
}

function settled(id: number, found: RefinedObject): void {
  updateCase(id, (item) => ({
    phase: 'ready',
    step: undefined,
    shownAnyway: false,
    refined: { ...item.refined, [found.model]: found },
    ...withEdit(item, { parameters: found.parameters, locks: item.edit?.locks ?? [] }),
  }));
}

/** Where to begin. How far off a step or what was found may be nobody knows: the usual spreads. */
function beginOf({ model, step, refined, answers }: Case): RefineBegin {
  const found = model && refined[model];
  const answer = answers.find((one) => one.model === model);
  if (!step && found) {
    const { normalized, view, baseColor } = found;
    return { normalized, cameraAngles: view.cameraAngles, baseColor };
  }
  // A search is begun anew: its best guess so far may be anything.
  if (step?.phase !== 'fit' || !model) return answer?.start ?? {};
  const { view, baseColor, parameters } = step;
  const normalized = [...normalizeParameters(models.value.get(model)!.scene.surface, parameters)];
  return { normalized, cameraAngles: view.cameraAngles, baseColor };
}

/** Steps come faster than a page can show them: the last of each frame counts. */
function stepFollower(id: number, before: number) {
  let waiting: RefineStep[] = [];
  let frame = 0;
  const show = () => {
    frame = 0;
    const steps = waiting;
    waiting = [];
    const last = steps.at(-1);
    if (!last || !findCase(id)) return;
    updateCase(id, ({ curve }) => {
      const longer = [...curve, ...steps.map(({ renderings, cost, phase }) => ({ renderings, cost, phase }))];
      return { step: last, curve: longer.length > mostPoints ? longer.filter((_, i) => i % 2 === 0) : longer };
    });
  };
  return {
    tell(step: RefineStep) {
      waiting.push({ ...step, renderings: before + step.renderings });
      frame ||= requestAnimationFrame(show);
    },
    end() {
      cancelAnimationFrame(frame);
      show();
    },
  };
}
