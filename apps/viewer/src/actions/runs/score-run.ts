import { effect } from '@preact/signals';
import { ViewerError } from '../../image/viewer-error.js';
import { allRuns, networkKey, scoredHere, scoring } from '../../state/runs/runs.js';
import type { ViewerRun } from '../../state/runs/viewer-run.js';
import { report } from '../report.js';
import { worker } from '../worker.js';
import { showEvaluation } from './choose-run.js';

/** Images of a scoring: intervals are half as wide with four times as many, which take four times as long. */
const scoredImages = 200;
/** Far from the seeds of data sets, of trainings and of what "Look inside" draws: of images that no network was trained with. */
const seed = 2 ** 44 + 2026;

let running: AbortController | undefined;

/** Has a run's network answer new images of its scene and scores it, as `kanrecon evaluate` does. */
export async function scoreRun(run: ViewerRun): Promise<void> {
  const { key, name, model } = run;
  if (model === undefined || scoring.value) return;
  const controller = new AbortController();
  running = controller;
  scoring.value = { key, done: 0, total: scoredImages };
  // Deleted, or trained on: the network that is being scored is no more.
  const leave = effect(() => {
    if (allRuns.value.some((other) => networkKey(other) === networkKey(run))) return;
    controller.abort(
      new ViewerError(`Scoring “${name}” was given up: its network was deleted, or is being trained on.`),
    );
  });
  try {
    const found = await worker.ask(
      'score',
      { model, images: scoredImages, seed },
      {
        signal: controller.signal,
        onEvent: ({ done, total }) => {
          scoring.value = { key, done, total };
        },
      },
    );
    const evaluation = {
      key: `here ${seed}`,
      title: `${scoredImages} new images, drawn here`,
      about: `${scoredImages} images that no network was trained with, drawn in this page from the seed ${seed}.`,
      ...found,
      pictures: { kind: 'drawn', model, seed } as const,
    };
    scoredHere.value = new Map([...scoredHere.value, [networkKey(run), [evaluation]]]);
    showEvaluation(key, evaluation.key);
  } catch (error) {
    report(error);
  } finally {
    leave();
    scoring.value = undefined;
  }
}

/** Gives up what is being scored. */
export function stopScoring(): void {
  running?.abort();
}
