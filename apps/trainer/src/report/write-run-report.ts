import { OutputFiles } from '@kanrecon/files/node';
import { parseReconstructorConfig } from '@kanrecon/model';
import { type EpochRecord, mean } from '@kanrecon/training';
import { type RunSummary, readRunConfig, readRunLog, readRunSummary, runFolder } from '@kanrecon/training/node';
import { describeLimits } from '../evaluation/describe-limits.js';
import { describeCamera } from '../evaluation/evaluate-camera.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import { lowerLoss } from '../evaluation/lower-loss.js';
import { metricsRows } from '../evaluation/metrics-table.js';
import { describeIntervals, showInterval } from '../evaluation/score-intervals.js';
import { fixed, undefinedScoreNote } from '../ui/fixed.js';
import { formatDuration } from '../ui/format-duration.js';
import { caseFigures } from './case-figures.js';
import type { ReportCase, ReportData, ReportPair, ReportScatter } from './report-data.js';
import { reportPage } from './report-page.js';

/** An evaluation as the page shows it. */
export interface ReportedEvaluation {
  evaluation: Evaluation;
  title: string;
  /** On which images: a sentence. */
  about: string;
}

export interface RunReportOptions {
  /** Of the page. */
  path: string;
  title: string;
  /** The facts at the head are of the first one, and its best, median and worst predictions are shown in full. */
  evaluations: readonly [ReportedEvaluation, ...ReportedEvaluation[]];
  pairs: ReportPair[];
  /** What the small print says besides network, training and versions. */
  details: Record<string, string>;
}

/** Draws the figures and writes the report of a run: how it was trained, how it scored, and what it finds. */
export async function writeRunReport({ path, title, evaluations, pairs, details }: RunReportOptions): Promise<void> {
  const [{ evaluation: main }] = evaluations;
  const folder = runFolder(main.run);
  const { experiment, versions } = await readRunConfig(folder);
  const { model, optimizer, budget, batchSize, schedule, augmentation, seed } = experiment;
  const { backbone, head, imageSize } = parseReconstructorConfig(model);
  const bestVisible = bestPossibleVisible(main);
  const history = await readRunLog(folder);
  const keptEpoch = keptEpochOf(main.checkpoint, history);
  const page = await reportPage({
    title,
    model: main.name,
    facts: [
      ...scoreFacts(main, bestVisible),
      ...keptFacts(main.checkpoint, keptEpoch, history),
      ...trainingFacts(await readRunSummary(folder)),
    ],
    history,
    ...(keptEpoch !== undefined && { keptEpoch }),
    ...(bestVisible !== undefined && { bestPossibleVisible: bestVisible }),
    scores: evaluations.map(
      (
        { evaluation: { scores, images, bestPossible, limits, distances, intervals, camera }, title, about },
        index,
      ) => ({
        title,
        about: [
          about,
          undefinedScoreNote(scores.r2, images),
          describeIntervals(intervals),
          describeCamera(camera),
          index === 0 ? describeLimits(limits) : '',
        ]
          .filter(Boolean)
          .join('\n'),
        rows: metricsRows(scores, bestPossible, intervals),
        combinations: scores.combinations,
        ...(distances && { distances }),
      }),
    ),
    scatters: scatters(main),
    cases: await reportCases(main),
    pairs,
    details: {
      network: `${backbone} at ${imageSize} × ${imageSize} pixels, head ${head.type} ${JSON.stringify(head.widths)}`,
      training: `${budget.epochs} epochs, batch ${batchSize}, AdamW ${optimizer.learningRate}, decay ${optimizer.weightDecay}, ${schedule}, augmentation ${augmentation.join(', ') || 'none'}, seed ${seed}`,
      versions: Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
      ...details,
    },
  });
  await new OutputFiles().write({ path }, page);
}

function bestPossibleVisible({ scores, bestPossible }: Evaluation): number | undefined {
  const shown = (bestPossible?.perParameter ?? []).filter(({ name }) => scores.visible.includes(name));
  return shown.length > 0 ? mean(shown.map(({ r2 }) => r2)) : undefined;
}

/** The epoch whose weights were evaluated; undefined where the run has no log. */
function keptEpochOf(checkpoint: Evaluation['checkpoint'], history: readonly EpochRecord[]): number | undefined {
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

function scatters({ predictions, scene, scores, intervals }: Evaluation): ReportScatter[] {
  return scene.surface.parameters.map(({ name, min, max, unit }, j) => ({
    name,
    unit,
    range: [min, max],
    points: predictions.map(({ real, predicted }) => [real[name]!, predicted[name]!]),
    r2: scores.perParameter[j]!.r2,
    ...(intervals && { interval: intervals.perParameter[j]!.r2 }),
    visible: scores.visible.includes(name),
  }));
}

function scoreFacts(
  { scores, distances, intervals }: Evaluation,
  bestVisible: number | undefined,
): ReportData['facts'] {
  const { r2Visible, visible } = scores;
  const between = intervals?.visible ? `, ${showInterval(intervals.visible.r2, 2)}` : '';
  const about = `R² over the ${visible.length} visible parameters${between}`;
  const facts = [{ value: fixed(r2Visible, 3), about }];
  if (bestVisible && Number.isFinite(r2Visible)) {
    const share = Math.max(0, Math.round((100 * r2Visible) / bestVisible));
    facts.push({ value: `${share} %`, about: `of the best possible ${bestVisible.toFixed(3)}` });
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

async function reportCases({ predictions, scene, seed }: Evaluation): Promise<ReportCase[]> {
  const picked = [
    ['Best', predictions[0]!],
    ['Median', predictions[Math.floor(predictions.length / 2)]!],
    ['Worst', predictions.at(-1)!],
  ] as const;
  const cases: ReportCase[] = [];
  for (const [title, prediction] of picked) {
    cases.push({ title, prediction, figures: await caseFigures({ scene, seed }, prediction) });
  }
  return cases;
}
