import { basename, join, resolve } from 'node:path';
import type { Sample, Split } from '@kanrecon/dataset';
import type { ImageCache } from '@kanrecon/dataset/node';
import { withFolder, writeAtomically } from '@kanrecon/files/node';
import type { BestPossibleScores, ImageLimits } from '@kanrecon/identifiability';
import type { Reconstructor } from '@kanrecon/model';
import type { Scene } from '@kanrecon/scene';
import { type PredictionScores, predictIndices, scorePredictions } from '@kanrecon/training';
import {
  loadCheckpoint,
  openRunFolder,
  openSplitData,
  type RunConfig,
  type RunFolder,
  readRunConfig,
} from '@kanrecon/training/node';
import { showTraining } from '../ui/show-training.js';
import type { Ui } from '../ui/ui.js';
import { measureLimits } from './measure-limits.js';
import { predictionsCsv } from './predictions-csv.js';
import { type SamplePrediction, samplePredictions, toStudyJson } from './sample-prediction.js';

export interface EvaluateOptions {
  run: string;
  dataset: string;
  split: Split;
  checkpoint: 'best' | 'last';
  /** Where the files go; a folder named after data set and split inside the run when left out. */
  out?: string;
  onInvalid: 'refuse' | 'skip';
  ui: Ui;
  signal: AbortSignal;
}

/** How a run does on a split. */
export interface Evaluation {
  name: string;
  checkpoint: string;
  dataset: string;
  split: Split;
  images: number;
  surface: string;
  scores: PredictionScores;
  /** What the best possible reader of images of this scene would score. */
  bestPossible: BestPossibleScores;
  /** What such images can tell, and what they cannot. */
  limits: Omit<ImageLimits, 'best'>;
  /** Every prediction, the best first. */
  predictions: SamplePrediction[];
  samples: readonly Sample[];
  /** What the data set's images show. */
  scene: Scene;
  /** Of a synthesised data set. */
  seed?: number;
  /** Folder of the files. */
  out: string;
}

/** Predicts a whole split, scores it and writes evaluation.json, best_prediction.json, worst_prediction.json, predictions.csv. */
export async function evaluateRun(options: EvaluateOptions): Promise<Evaluation> {
  const folder = await openRunFolder(options.run, options.checkpoint);
  const name = `${basename(resolve(options.dataset))}-${options.split}`;
  const out = resolve(options.out ?? join(folder.path, 'evaluation', name));
  return withFolder(out, () => evaluateInto(out, folder, options));
}

async function evaluateInto(out: string, folder: RunFolder, options: EvaluateOptions): Promise<Evaluation> {
  const { dataset, split, checkpoint, onInvalid, ui, signal } = options;
  const { reconstructor } = await loadCheckpoint(folder, checkpoint);
  const { config, surface, name } = reconstructor;
  const { imageSize } = config;
  const data = await openSplitData({
    dataset,
    splits: [split],
    surface,
    imageSize,
    onInvalid,
    onEvent: showTraining(ui),
    signal,
  });
  const { scene, seed } = data;
  warnOfOtherScene(await readRunConfig(folder), scene, dataset, ui);
  const indices = data.indices[split];
  try {
    const { best, ...limits } = await measureLimits(scene, ui, signal);
    const visible = surface.parameters.map(({ name }) => name).filter((name) => !limits.invisible.includes(name));
    const targets = data.cache.targets(indices, surface);
    const predicted = await predictWithProgress(reconstructor, data.cache, indices, ui, signal);
    const samples = Array.from(indices, (index) => data.cache.samples[index]!);
    const evaluation: Evaluation = {
      name,
      checkpoint,
      dataset: resolve(dataset),
      split,
      images: indices.length,
      surface: surface.name,
      scores: scorePredictions(surface, targets, predicted, visible, limits.combinations),
      bestPossible: best,
      limits,
      predictions: samplePredictions(surface, samples, targets, predicted),
      samples,
      scene,
      seed,
      out,
    };
    await writeEvaluation(evaluation);
    return evaluation;
  } finally {
    data.cache.close();
    reconstructor.dispose();
  }
}

async function predictWithProgress(
  reconstructor: Reconstructor,
  cache: ImageCache,
  indices: Uint32Array,
  ui: Ui,
  signal: AbortSignal,
): Promise<Float32Array> {
  const progress = ui.progress({ label: 'Predicting', total: indices.length, unit: 'images' });
  try {
    return await predictIndices(reconstructor, cache, indices, (done) => progress.update(done), signal);
  } finally {
    progress.stop();
  }
}

function warnOfOtherScene({ scene: trained }: RunConfig, scene: Scene, dataset: string, ui: Ui): void {
  // A variant with other noise, say, is worth no word; a scene is.
  if (trained.name === scene.name) return;
  ui.warn(
    `${dataset} looks otherwise than what the run was trained on (scene ${scene.name}, not ${trained.name}): expect lower scores.`,
  );
}

/** What `evaluation.json` holds and `evaluate --json` prints. */
export function evaluationJson({ predictions, samples: _, seed: __, scene, ...rest }: Evaluation) {
  return { ...rest, scene: scene.name, best: toStudyJson(predictions[0]!), worst: toStudyJson(predictions.at(-1)!) };
}

async function writeEvaluation(evaluation: Evaluation): Promise<void> {
  const { out, predictions } = evaluation;
  const write = (name: string, content: unknown) =>
    writeAtomically(join(out, name), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  await write('best_prediction.json', toStudyJson(predictions[0]!));
  await write('worst_prediction.json', toStudyJson(predictions.at(-1)!));
  await write('predictions.csv', predictionsCsv(predictions));
  await write('evaluation.json', evaluationJson(evaluation));
}
