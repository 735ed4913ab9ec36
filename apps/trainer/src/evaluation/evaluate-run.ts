import { basename, join, resolve } from 'node:path';
import type { Split } from '@kanrecon/dataset';
import type { ImageCache } from '@kanrecon/dataset/node';
import { OutputFiles, withFolder } from '@kanrecon/files/node';
import type { Reconstructor } from '@kanrecon/model';
import { networkColumns } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';
import {
  type IndexedPredictions,
  predictIndicesWithSpread,
  scoreCoverage,
  scorePredictions,
  storedCalibration,
  takeColumns,
} from '@kanrecon/training';
import { findModel, type LoadedModel, loadModel, openSplitData, runFolder } from '@kanrecon/training/node';
import { UserError } from '../cli/user-error.js';
import { writeEvaluationReport } from '../report/write-evaluation-report.js';
import { showTraining } from '../ui/show-training.js';
import type { Ui } from '../ui/ui.js';
import { evaluateCamera } from './evaluate-camera.js';
import type { Evaluation } from './evaluation.js';
import { evaluationFile } from './evaluation-json.js';
import { measureDistances } from './measure-distances.js';
import { measureLimits } from './measure-limits.js';
import { predictionsCsv } from './predictions-csv.js';
import { samplePredictions, toStudyJson } from './sample-prediction.js';
import { scoreIntervals } from './score-intervals.js';
import { summarizeDistances } from './summarize-distances.js';

export interface EvaluateOptions {
  /** A run's folder, a model's folder by itself, or the address of one. */
  run: string;
  dataset: string;
  split: Split;
  checkpoint: 'best' | 'last';
  /** Where the files go; a folder named after data set and split inside the run when left out. */
  out?: string;
  onInvalid: 'refuse' | 'skip';
  /** Whether to measure how far predicted and real surfaces are apart: 0.4 s of processor time an image. */
  distances: boolean;
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
  const out = await outFolder(options);
  const files = new OutputFiles();
  const names = ['best_prediction.json', 'worst_prediction.json', 'predictions.csv', 'evaluation.json'];
  if (options.report) names.push('report.html');
  await files.check(names.map((name) => ({ path: join(out, name) })));
  const model = await loadModel(options.run, options.checkpoint);
  try {
    return await withFolder(out, () => evaluateInto(out, model, files, options));
  } finally {
    model.reconstructor.dispose();
  }
}

/** @throws UserError for a model that is no run, in whose folder nothing else may lie and which has no curves to report */
async function outFolder({ run, dataset, split, checkpoint, out, report }: EvaluateOptions): Promise<string> {
  const { kind } = await findModel(run, checkpoint);
  if (kind !== 'run' && report) {
    throw new UserError(`${run} is a model by itself, not a run: it has no training to report; leave --report out.`);
  }
  if (out !== undefined) return resolve(out);
  if (kind === 'run') return join(runFolder(run).path, 'evaluation', `${basename(resolve(dataset))}-${split}`);
  throw new UserError(`${run} is a model by itself, not a run; give --out, the folder for the files.`);
}

async function evaluateInto(
  out: string,
  model: LoadedModel,
  files: OutputFiles,
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
    const sorted = samplePredictions(surface, samples, targets, predicted);
    const comparisons = options.distances ? await measureDistances(scene, sorted, ui, signal) : undefined;
    const columns = surface.parameters.map(({ name }) => name);
    const shapes = samples.map(({ shape }) => shape);
    const intervals = scoreIntervals(columns, shapes, targets, predicted, visible);
    const evaluation: Evaluation = {
      name,
      checkpoint,
      run: runFolder(options.run).path,
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
      predictions: comparisons ? sorted.map((row, i) => ({ ...row, distances: comparisons[i]! })) : sorted,
      samples,
      scene,
      seed,
      out,
    };
    await writeEvaluation(evaluation, files);
    if (options.report) await writeEvaluationReport(evaluation, reconstructor, signal);
    return evaluation;
  } finally {
    data.cache.close();
  }
}

async function predictWithProgress(
  reconstructor: Reconstructor,
  cache: ImageCache,
  indices: Uint32Array,
  ui: Ui,
  signal: AbortSignal,
): Promise<IndexedPredictions> {
  const progress = ui.progress({ label: 'Predicting', total: indices.length, unit: 'images' });
  try {
    return await predictIndicesWithSpread(reconstructor, cache, indices, (done) => progress.update(done), signal);
  } finally {
    progress.stop();
  }
}

function warnOfOtherScene(trained: Scene, scene: Scene, dataset: string, ui: Ui): void {
  // A variant with other noise, say, is worth no word; a scene is.
  if (trained.name === scene.name) return;
  ui.warn(
    `${dataset} looks otherwise than what the run was trained on (scene ${scene.name}, not ${trained.name}): expect lower scores.`,
  );
}

async function writeEvaluation(evaluation: Evaluation, files: OutputFiles): Promise<void> {
  const { out, predictions } = evaluation;
  const write = (name: string, content: unknown) =>
    files.write(
      { path: join(out, name) },
      typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`,
    );
  await write('best_prediction.json', toStudyJson(predictions[0]!));
  await write('worst_prediction.json', toStudyJson(predictions.at(-1)!));
  await write('predictions.csv', predictionsCsv(predictions));
  await write('evaluation.json', evaluationFile(evaluation));
}
