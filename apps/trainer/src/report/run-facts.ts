import type { EpochRecord } from '@kanrecon/training';
import type { RunSummary } from '@kanrecon/training/node';
import { type ReportData, showInterval } from '@kanrecon/training/report';
import type { Evaluation } from '../evaluation/evaluation.js';
import { lowerLoss } from '../evaluation/lower-loss.js';
import { countOf } from '../ui/count-of.js';
import { fixed } from '../ui/fixed.js';
import { formatDuration } from '../ui/format-duration.js';
import type { TrainingTold } from './read-training.js';

/**
 * The facts at the head of a run's report: how it scored, which epoch was kept, how it was trained. What is not known is left out.
 *
 * @param bestVisible mean best possible R² over the visible parameters, if known
 */
export function runFacts(
  evaluation: Evaluation,
  { history, summary }: TrainingTold,
  bestVisible: number | undefined,
): ReportData['facts'] {
  const { checkpoint } = evaluation;
  return [
    ...scoreFacts(evaluation, bestVisible),
    ...keptFacts(checkpoint, keptEpochOf(checkpoint, history), history),
    ...trainingFacts(summary),
  ];
}

/** The epoch whose weights were evaluated; undefined where the run has no log. */
export function keptEpochOf(checkpoint: Evaluation['checkpoint'], history: readonly EpochRecord[]): number | undefined {
  if (checkpoint === null) return undefined;
  return (checkpoint === 'best' ? history.findLast((record) => record.best) : history.at(-1))?.epoch;
}

function keptFacts(
  checkpoint: Evaluation['checkpoint'],
  kept: number | undefined,
  history: readonly EpochRecord[],
): ReportData['facts'] {
  if (kept === undefined) return [];
  const lower = lowerLoss(history, kept);
  const best = lower ? `the best that is left, epoch ${lower.epoch} is lost` : 'lowest validation loss';
  const why = checkpoint === 'best' ? best : 'the last one';
  return [{ value: `${kept} of ${history.at(-1)!.epoch}`, about: `epoch that was kept: ${why}` }];
}

function scoreFacts(
  { scores, distances, intervals, refined }: Evaluation,
  bestVisible: number | undefined,
): ReportData['facts'] {
  const { r2Visible, visible } = scores;
  const between = intervals?.visible ? `, ${showInterval(intervals.visible.r2, 2)}` : '';
  const about = `R² over the ${countOf(visible.length, 'visible parameter')}${between}`;
  const facts = [{ value: fixed(r2Visible, 3), about }];
  if (bestVisible && Number.isFinite(r2Visible)) {
    const share = Math.max(0, Math.round((100 * r2Visible) / bestVisible));
    facts.push({ value: `${share} %`, about: `of the best possible ${bestVisible.toFixed(3)}` });
  }
  if (refined && Number.isFinite(refined.shown.r2Refined)) {
    const before = fixed(refined.shown.r2Network, 3);
    const about = `R² of what shows after refinement of ${countOf(refined.images, 'image')}, ${before} before`;
    facts.push({ value: fixed(refined.shown.r2Refined, 3), about });
  }
  if (distances) {
    const percent = (100 * distances.asFound.mean.median).toFixed(1);
    facts.push({ value: `${percent} %`, about: 'of the object’s size between the surfaces (median)' });
  }
  return facts;
}

function trainingFacts(training: RunSummary | undefined): ReportData['facts'] {
  if (!training) return [];
  const { seconds, backend, images_per_second: rate, parameters } = training;
  // Runs of earlier versions do not say it.
  const speed = rate ? [{ value: String(Math.round(rate)), about: 'training images per second, over all epochs' }] : [];
  return [
    { value: formatDuration(seconds), about: `training time on ${backend}` },
    ...speed,
    { value: parameters.trainable.toLocaleString('en'), about: 'trainable parameters' },
  ];
}
