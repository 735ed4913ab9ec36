import type { Moment } from '../state/case.js';
import { momentOf, withEdit } from '../state/edits.js';
import { current, findCase, models, updateCase } from '../state/store.js';
import type { RefinedObject, RefineStep } from '../worker/protocol.js';
import { endDrag } from './edit-current.js';
import { refineBegin } from './refine-begin.js';
import { report } from './report.js';
import { worker } from './worker.js';

/** Points of the curve that are kept; of more, every other one is left out. */
const mostPoints = 600;

/** By case: several images may be refined at once. */
const running = new Map<number, AbortController>();

/**
 * Fits renderings to the current image: from the network's answer, with other random numbers each time, or from where it was stopped. What
 * is locked is known, and stays.
 */
export async function refineCurrent(): Promise<void> {
  endDrag();
  const item = current.value;
  if (!item?.picture || !item.model || item.phase !== 'ready') return;
  const { id, model, picture, edit } = item;
  const start = refineBegin(item, models.value.get(model)!.scene.surface);
  const runs = item.runs + 1;
  const before = momentOf(item);
  const known = Object.fromEntries((edit?.locks ?? []).map((name) => [name, edit!.parameters[name]!]));
  const controller = new AbortController();
  const { signal } = controller;
  running.set(id, controller);
  const follow = stepFollower(id, item.step?.renderings ?? 0);
  updateCase(id, { phase: 'refining', runs, ...(!item.step && { curve: [] }) });
  try {
    const found = await worker.ask(
      'refine',
      { picture, model, start, known, seed: runs },
      { signal, onEvent: follow.tell },
    );
    follow.end();
    settled(id, found, before);
  } catch (error) {
    follow.end();
    // Where it was stopped stays, to be gone on from.
    updateCase(id, (stopped) => ({
      phase: 'ready',
      ...(stopped.step &&
        stopped.step !== before.step &&
        stopped.edit && {
          look: undefined,
          ...withEdit({ ...stopped, ...before }, { ...stopped.edit, parameters: stopped.step.parameters }),
        }),
    }));
    if (!signal.aborted) report(error);
  } finally {
    running.delete(id);
  }
}

/** Stops the refinement of a case, if there is one. */
export function stopRefining(id: number): void {
  running.get(id)?.abort(new DOMException('stopped', 'AbortError'));
}

/** @param before what undo brings back */
function settled(id: number, found: RefinedObject, before: Moment): void {
  updateCase(id, (item) => ({
    phase: 'ready',
    step: undefined,
    look: undefined,
    shownAnyway: false,
    refined: { ...item.refined, [found.model]: found },
    ...withEdit({ ...item, ...before }, { parameters: found.parameters, locks: item.edit?.locks ?? [] }),
  }));
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
