import { basename, join, resolve } from 'node:path';
import type { DatasetPreset, Sample, Split } from '@kanrecon/dataset';
import { makeFolder } from '@kanrecon/dataset/node';
import { openSplitData } from '../data/open-split-data.js';
import { loadCheckpoint } from '../training/load-checkpoint.js';
import { type RunConfig, readRunConfig } from '../training/run-config.js';
import { openRunFolder } from '../training/run-folder.js';
import { writeFileAtomically } from '../training/write-file-atomically.js';
import type { Ui } from '../ui/ui.js';
import { bestPossible, visibleParameters } from './best-possible.js';
import { predictIndices } from './predict-indices.js';
import { predictionsCsv } from './predictions-csv.js';
import { type SamplePrediction, samplePredictions, toStudyJson } from './sample-prediction.js';
import { type PredictionScores, scorePredictions } from './score-predictions.js';

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
  /** Name of the preset that its images are drawn by. */
  preset: string;
  scores: PredictionScores;
  /** Best possible R² by parameter on images of this look, if known. */
  bestPossible: Readonly<Record<string, number>> | null;
  /** Every prediction, the best first. */
  predictions: SamplePrediction[];
  samples: readonly Sample[];
  /** How the data set's images look. */
  look: DatasetPreset;
  /** Of a synthesised data set. */
  seed?: number;
  /** Folder of the files. */
  out: string;
}

/** Predicts a whole split, scores it and writes evaluation.json, best_prediction.json, worst_prediction.json, predictions.csv. */
export async function evaluateRun(options: EvaluateOptions): Promise<Evaluation> {
  const { run, dataset, split, checkpoint, onInvalid, ui, signal } = options;
  const folder = await openRunFolder(run, checkpoint);
  const { reconstructor } = await loadCheckpoint(folder, checkpoint);
  const { config, surface, name } = reconstructor;
  const { imageSize } = config;
  const data = await openSplitData({ dataset, splits: [split], surface, imageSize, onInvalid, ui, signal });
  const { look, seed } = data;
  warnOfOtherLook(await readRunConfig(folder), look, dataset, ui);
  const indices = data.indices[split];
  const progress = ui.progress({ label: 'Predicting', total: indices.length, unit: 'images' });
  try {
    const targets = data.cache.targets(indices, surface);
    const predicted = await predictIndices(reconstructor, data.cache, indices, (done) => progress.update(done), signal);
    const samples = Array.from(indices, (index) => data.cache.samples[index]!);
    const out = options.out ?? join(folder.path, 'evaluation', `${basename(resolve(dataset))}-${split}`);
    const evaluation: Evaluation = {
      name,
      checkpoint,
      dataset: resolve(dataset),
      split,
      images: indices.length,
      surface: surface.name,
      preset: look.name,
      scores: scorePredictions(surface, targets, predicted, visibleParameters(look)),
      bestPossible: bestPossible(look)?.r2 ?? null,
      predictions: samplePredictions(surface, samples, targets, predicted),
      samples,
      look,
      seed,
      out: resolve(out),
    };
    await writeEvaluation(evaluation);
    return evaluation;
  } finally {
    progress.stop();
    data.cache.close();
    reconstructor.dispose();
  }
}

function warnOfOtherLook({ look: trained }: RunConfig, look: DatasetPreset, dataset: string, ui: Ui): void {
  // A variant with other noise, say, is worth no word; a preset is.
  if (trained.preset === look.name) return;
  ui.warn(
    `${dataset} looks otherwise than what the run was trained on (preset ${look.name}, not ${trained.preset}): expect lower scores.`,
  );
}

/** What `evaluation.json` holds and `evaluate --json` prints. */
export function evaluationJson({ predictions, samples: _, look: __, seed: ___, ...rest }: Evaluation) {
  return { ...rest, best: toStudyJson(predictions[0]!), worst: toStudyJson(predictions.at(-1)!) };
}

async function writeEvaluation(evaluation: Evaluation): Promise<void> {
  const { out, predictions } = evaluation;
  await makeFolder(out);
  const write = (name: string, content: unknown) =>
    writeFileAtomically(
      join(out, name),
      typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`,
    );
  await write('best_prediction.json', toStudyJson(predictions[0]!));
  await write('worst_prediction.json', toStudyJson(predictions.at(-1)!));
  await write('predictions.csv', predictionsCsv(predictions));
  await write('evaluation.json', evaluationJson(evaluation));
}
