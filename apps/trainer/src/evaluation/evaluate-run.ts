import { resolve } from 'node:path';
import type { Split } from '@kanrecon/dataset';
import { withFolder } from '@kanrecon/files/node';
import { networkColumns } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';
import { scoreCoverage, scorePredictions, storedCalibration, takeColumns } from '@kanrecon/training';
import {
  findModel,
  type LoadedModel,
  loadModel,
  type ModelPlace,
  openSplitData,
  runFolder,
} from '@kanrecon/training/node';
import { scoreIntervals } from '@kanrecon/training/report';
import { UserError } from '../cli/user-error.js';
import { writeEvaluationReport } from '../report/write-evaluation-report.js';
import { showTraining } from '../ui/show-training.js';
import type { Ui } from '../ui/ui.js';
import { evaluateCamera } from './evaluate-camera.js';
import type { Evaluation } from './evaluation.js';
import { type EvaluationFiles, evaluationFiles } from './evaluation-files.js';
import { evaluationFolder } from './evaluation-folder.js';
import { measureDistances } from './measure-distances.js';
import { measureLimits } from './measure-limits.js';
import { predictWithProgress } from './predict-with-progress.js';
import { type RefineSplitOptions, refineSplit } from './refine-split.js';
import { samplePredictions } from './sample-prediction.js';
import { scoreRefined } from './score-refined.js';
import { summarizeDistances } from './summarize-distances.js';
import { usualBudget } from './usual-budget.js';

export interface EvaluateOptions {
  /** A run's folder, a model's folder by itself, or the address of one; or what `findModel` found there. */
  run: string | ModelPlace;
  dataset: string;
  split: Split;
  /** Which of a run's two; says nothing of a model by itself. */
  checkpoint: 'best' | 'last';
  /** Where the files go; a folder of its own inside the run when left out (`evaluationFolder`). */
  out?: string;
  onInvalid: 'refuse' | 'skip';
  /** Whether to measure how far predicted and real surfaces are apart: 0.4 s of processor time an image. */
  distances: boolean;
  /** Which answers to refine by rendering, seconds of processor time an image; none when left out. */
  refine?: RefineSplitOptions;
  /** Whether a report shall show how answers were refined; as `report` when left out. */
  paths?: boolean;
  /** Whether to write `report.html` beside the other files. */
  report?: boolean;
  ui: Ui;
  signal: AbortSignal;
}

/**
 * Predicts a whole split, scores it and writes evaluation.json, best_prediction.json, worst_prediction.json, predictions.csv and, where
 * it is asked for, report.html.
 */
export async function evaluateRun(options: EvaluateOptions): Promise<Evaluation> {
  // Before anything takes time.
  const { run, checkpoint } = options;
  const place = typeof run === 'string' ? await findModel(run, checkpoint) : run;
  const out = await outFolder(place, options);
  const files = await evaluationFiles(out, options.report);
  const model = await loadModel(place, checkpoint);
  try {
    return await withFolder(out, () => evaluateInto(out, model, place, files, options));
  } finally {
    model.reconstructor.dispose();
  }
}

/** @throws UserError for a model that is no run, in whose folder nothing else may lie */
async function outFolder(place: ModelPlace, { out, ...part }: EvaluateOptions): Promise<string> {
  if (out !== undefined) return resolve(out);
  if (place.kind === 'run') return evaluationFolder(place, part);
  throw new UserError(`${place.at} is a model by itself, not a run; give --out, the folder for the files.`);
}

async function evaluateInto(
  out: string,
  model: LoadedModel,
  place: ModelPlace,
  files: EvaluationFiles,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { dataset, split, checkpoint, onInvalid, ui, signal } = options;
  const { reconstructor } = model;
  const { surface } = model.scene;
  const { name } = reconstructor;
  const { imageSize, fit } = reconstructor.config;
  const onEvent = showTraining(ui);
  const wanted = { dataset, splits: [split], surface, imageSize, fit, onInvalid, onEvent, signal };
  const data = await openSplitData(wanted).catch((error) => {
    onEvent({ type: 'failed', error }); // takes the progress bar off the terminal
    throw error;
  });
  const { scene, seed } = data;
  warnOfOtherScene(model.scene, scene, dataset, ui);
  const indices = data.indices[split];
  try {
    const { best, ...limits } = await measureLimits(reconstructor.card, scene, ui, signal);
    const visible = surface.parameters.map(({ name }) => name).filter((name) => !limits.invisible.includes(name));
    const targets = data.cache.targets(indices, surface);
    const all = await predictWithProgress(reconstructor, data.cache, indices, ui, signal);
    const ofShape = networkColumns(reconstructor, model.scene);
    const predicted = takeColumns(all.mean, reconstructor.targets.length, ofShape);
    const samples = Array.from(indices, (index) => data.cache.samples[index]!);
    const calibration = storedCalibration(reconstructor.card.calibration, surface.parameters);
    const spread = all.spread && takeColumns(all.spread, reconstructor.targets.length, ofShape);
    const coverage =
      calibration &&
      spread &&
      scoreCoverage(calibration, surface.parameters, limits.combinations, { real: targets, mean: predicted, spread });
    const camera = evaluateCamera(reconstructor, model.scene, samples, all.mean);
    const ofNetwork = samplePredictions(surface, samples, targets, predicted);
    const { refine } = options;
    const parts = { reconstructor, trained: model.scene, scene, limits, samples, found: all };
    const sorted = refine
      ? await refineSplit(ofNetwork, refine, { ...parts, paths: options.paths ?? options.report === true, ui, signal })
      : ofNetwork;
    const refined = refine && scoreRefined({ scene, visible, limits, budget: refine.budget ?? usualBudget }, sorted);
    const comparisons = options.distances ? await measureDistances(scene, sorted, ui, signal) : undefined;
    const columns = surface.parameters.map(({ name }) => name);
    const shapes = samples.map(({ shape }) => shape);
    const intervals = scoreIntervals(columns, shapes, targets, predicted, visible);
    const evaluation: Evaluation = {
      name,
      checkpoint: place.kind === 'run' ? checkpoint : null,
      run: runFolder(place.at).path,
      dataset: resolve(dataset),
      split,
      images: indices.length,
      surface: surface.name,
      scores: scorePredictions(surface.parameters, targets, predicted, visible, limits.combinations),
      ...(intervals && { intervals }),
      ...(camera && { camera }),
      ...(coverage && { coverage }),
      bestPossible: best,
      limits,
      ...(comparisons && { distances: summarizeDistances(comparisons) }),
      ...(refined && { refined }),
      predictions: comparisons ? sorted.map((row, i) => ({ ...row, distances: comparisons[i]! })) : sorted,
      samples,
      scene,
      seed,
      out,
    };
    const earlier = await files.write(evaluation);
    if (earlier && !options.report) {
      ui.note(`${earlier} was of an earlier evaluation and is removed; --report makes one of this.`);
    }
    if (options.report) await writeEvaluationReport(files.report, evaluation, reconstructor, signal);
    return evaluation;
  } finally {
    data.cache.close();
  }
}

function warnOfOtherScene(trained: Scene, scene: Scene, dataset: string, ui: Ui): void {
  // A variant with other noise, say, is worth no word; a scene is.
  if (trained.name === scene.name) return;
  ui.warn(
    `${dataset} looks otherwise than what the run was trained on (scene ${scene.name}, not ${trained.name}): expect lower scores.`,
  );
}
