import { rm } from 'node:fs/promises';
import { namingPath, writeAtomically } from '@kanrecon/files/node';
import type { AdamW, Reconstructor } from '@kanrecon/model';
import { saveReconstructor } from '@kanrecon/model/node';
import { type TrainingState, toJson } from '../../loop/training-state.js';
import type { RunFolder } from './run-folder.js';

/** Saves everything that resuming needs to `last/`, then brings `log.jsonl` in line with it. */
export async function saveLast(
  folder: RunFolder,
  reconstructor: Reconstructor,
  optimizer: AdamW,
  state: TrainingState,
) {
  await namingPath(folder.last, saveReconstructor(reconstructor, folder.last, { optimizer, extra: toJson(state) }));
  const lines = state.history.map((record) => `${JSON.stringify(record)}\n`);
  if (lines.length === 0) await rm(folder.log, { force: true });
  else await writeAtomically(folder.log, lines.join(''));
}

/** Saves the weights alone to `best/`, with their scores on the model card. */
export function saveBest(folder: RunFolder, reconstructor: Reconstructor, state: TrainingState): Promise<void> {
  const card = { scores: { validation: JSON.parse(JSON.stringify(state.history.at(-1) ?? null)) } };
  return namingPath(folder.best, saveReconstructor(reconstructor, folder.best, { card, extra: toJson(state) }));
}
