import { OutputFiles } from '@kanrecon/files/node';
import type { Reconstructor } from '@kanrecon/model';
import { mean } from '@kanrecon/training';
import {
  describeIntervals,
  describeLimits,
  escapeHtml,
  metricsRows,
  type ReportScatter,
  refinedSection,
  reportPage,
} from '@kanrecon/training/report';
import { describeCamera } from '../evaluation/evaluate-camera.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import { undefinedScoreNote } from '../ui/fixed.js';
import { casesSection } from './cases-section.js';
import { gallerySection } from './gallery-section.js';
import { reportCases } from './report-cases.js';
import type { ReportGallery } from './report-data.js';
import { networkOfModel, networkOfRun } from './reported-network.js';
import { keptEpochOf, runFacts } from './run-facts.js';

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
  /** The facts at the head are of the first one, and some of its predictions are shown in full. */
  evaluations: readonly [ReportedEvaluation, ...ReportedEvaluation[]];
  /** In the order of the page; those without images are left out. */
  galleries: readonly ReportGallery[];
  /** Of a model by itself, which no run tells of. */
  model?: Pick<Reconstructor, 'config' | 'card'>;
  /** What the small print says besides network, training and versions. */
  details: Record<string, string>;
}

/** Draws the figures and writes the report of a network: how it was trained, how it scored, and what it finds. */
export async function writeRunReport(options: RunReportOptions): Promise<void> {
  const { path, title, evaluations, galleries, details, model } = options;
  const [{ evaluation: main }] = evaluations;
  const { training, details: ofNetwork } = await (model ? networkOfModel(model) : networkOfRun(main));
  const bestVisible = bestPossibleVisible(main);
  const keptEpoch = keptEpochOf(main.checkpoint, training.history);
  const page = await reportPage({
    title,
    intro: `One image in; shape parameters and a mesh out. Model <code>${escapeHtml(main.name)}</code>.`,
    facts: runFacts(main, training, bestVisible),
    trainings: [{ history: training.history, ...(keptEpoch !== undefined && { keptEpoch }) }],
    trainingNotes: training.notes,
    ...(bestVisible !== undefined && { bestPossibleVisible: bestVisible }),
    scores: evaluations.map(
      (
        { evaluation: { scores, images, bestPossible, limits, distances, intervals, camera, refined }, title, about },
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
        ...(refined && { below: refinedSection(refined, bestPossible) }),
      }),
    ),
    scatters: scatters(main),
    sections: [await casesSection(await reportCases(main)), ...galleries.map(gallerySection)].filter(Boolean),
    details: { ...ofNetwork, ...details },
  });
  await new OutputFiles().write({ path }, page);
}

function bestPossibleVisible({ scores, bestPossible }: Evaluation): number | undefined {
  const shown = (bestPossible?.perParameter ?? []).filter(({ name }) => scores.visible.includes(name));
  return shown.length > 0 ? mean(shown.map(({ r2 }) => r2)) : undefined;
}

function scatters({ predictions, scene, scores, intervals }: Evaluation): ReportScatter[] {
  return scene.surface.parameters.map(({ name, min, max, unit }, j) => ({
    name,
    unit,
    range: [min, max],
    groups: [
      {
        points: predictions.map(({ real, predicted }) => [real[name]!, predicted[name]!] as const),
        r2: scores.perParameter[j]!.r2,
        ...(intervals && { interval: intervals.perParameter[j]!.r2 }),
      },
    ],
    visible: scores.visible.includes(name),
  }));
}
