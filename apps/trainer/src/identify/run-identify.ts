import { join } from 'node:path';
import {
  type BestPossibleScores,
  bestPossibleScores,
  type DatasetPreset,
  type Identifiability,
  identifiability,
} from '@kanrecon/dataset';
import { makeFolder } from '@kanrecon/dataset/node';
import { writeFileAtomically } from '../training/write-file-atomically.js';
import type { Ui } from '../ui/ui.js';
import { identifyFigure } from './identify-figure.js';

export interface IdentifyOptions {
  preset: DatasetPreset;
  draws: number;
  size: number;
  samples: number;
  seed: number;
  /** Folder for `identify.json` and `identify.svg`; nothing is written when left out. */
  out?: string;
  ui: Ui;
  signal: AbortSignal;
}

/** What `identify.json` holds and `identify --json` prints. */
export interface IdentifyResult extends Identifiability {
  bestPossible: BestPossibleScores;
}

/** Finds what images tell of their parameters, and writes it down as JSON and as a figure. */
export async function runIdentify(options: IdentifyOptions): Promise<IdentifyResult> {
  const { preset, draws, size, samples, seed, out, ui, signal } = options;
  // Before the work, so that a folder that cannot be made is known soon.
  if (out !== undefined) await makeFolder(out);
  const progress = ui.progress({ label: 'Looking at objects', total: draws, unit: 'objects' });
  let found: Identifiability;
  try {
    const onProgress = (done: number) => progress.update(done);
    found = await identifiability(preset, { draws, size, samples, seed, onProgress, signal });
  } finally {
    progress.stop();
  }
  const result = { ...found, bestPossible: bestPossibleScores(preset.surface, found, { seed }) };
  if (out !== undefined) {
    await writeFileAtomically(join(out, 'identify.json'), `${JSON.stringify(result, null, 2)}\n`);
    await writeFileAtomically(join(out, 'identify.svg'), await identifyFigure(preset, found));
  }
  return result;
}
