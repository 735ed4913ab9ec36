import { fixed, showInterval } from '@kanrecon/training/report';
import { possibleOf } from './read-run.js';
import type { ShownRun } from './runs.js';
import type { ViewerRun } from './viewer-run.js';

/** A number and what it is. */
export interface Fact {
  readonly value: string;
  readonly about: string;
}

/** The epoch whose weights are the best: the last one with the lowest validation loss until then. */
export function keptEpoch({ history }: ViewerRun): number | undefined {
  return history.findLast(({ best }) => best)?.epoch;
}

/** The mean best possible R², if it is known of all runs and the same: of others there is no common level. */
export function sharedPossible(shown: readonly ShownRun[]): number | undefined {
  const [first, ...others] = shown.map(({ run }) => run.possible);
  if (first === undefined) return undefined;
  return others.every((value) => value !== undefined && Math.abs(value - first) < 5e-4) ? first : undefined;
}

/** The facts of a run: how it scored, which epoch was kept, how it was trained. What is not known is left out. */
export function factsOf({ run, evaluation }: Pick<ShownRun, 'run' | 'evaluation'>): readonly Fact[] {
  const { history, summary, possible } = run;
  const facts: Fact[] = [];
  const kept = history.find(({ epoch }) => epoch === keptEpoch(run));
  if (evaluation) {
    const { scores, intervals } = evaluation.told;
    const between = intervals?.visible ? `, ${showInterval(intervals.visible.r2, 2)}` : '';
    facts.push({ value: fixed(scores.r2Visible, 3), about: `R² over the visible parameters${between}` });
    facts.push(...shareOf(scores.r2Visible, possibleOf([evaluation])));
  } else if (kept) {
    facts.push({ value: fixed(kept.val_r2_visible, 3), about: 'R² on validation images, visible parameters' });
    facts.push(...shareOf(kept.val_r2_visible, possible));
  }
  if (kept) facts.push({ value: `${kept.epoch} of ${history.at(-1)!.epoch}`, about: 'epoch that was kept' });
  if (summary) {
    facts.push({ value: duration(summary.seconds), about: `training time on ${summary.backend}` });
    if (summary.images_per_second) {
      facts.push({ value: String(Math.round(summary.images_per_second)), about: 'training images per second' });
    }
    facts.push({ value: summary.parameters.trainable.toLocaleString('en'), about: 'trainable parameters' });
  }
  return facts;
}

function shareOf(r2: number | null, best: number | undefined): Fact[] {
  if (!best || r2 === null || !Number.isFinite(r2)) return [];
  const share = Math.max(0, Math.round((100 * r2) / best));
  return [{ value: `${share} %`, about: `of the best possible ${best.toFixed(3)}` }];
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
