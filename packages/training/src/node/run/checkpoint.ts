import { rm } from 'node:fs/promises';
import { namingPath, writeAtomically } from '@kanrecon/files/node';
import type { ModelCard } from '@kanrecon/model';
import { saveReconstructor } from '@kanrecon/model/node';
import type { TrainingPosition } from '../../checkpoint/training-checkpoint.js';
import { toJson } from '../../loop/training-state.js';
import type { RunFolder } from './run-folder.js';

/**
 * Saves to a run's folder: to `last/` everything that resuming needs, and then brings `log.jsonl` in line with it; to `best/` the weights
 * alone, with their scores on the model card.
 */
export async function saveCheckpoint(
  folder: RunFolder,
  which: 'best' | 'last',
  { reconstructor, optimizer, state }: TrainingPosition,
  card: ModelCard,
): Promise<void> {
  const extra = toJson(state);
  if (which === 'best') {
    const scores = { validation: JSON.parse(JSON.stringify(state.history.at(-1) ?? null)) };
    const options = { card: { ...card, scores }, extra };
    return namingPath(folder.best, saveReconstructor(reconstructor, folder.best, options));
  }
  await namingPath(folder.last, saveReconstructor(reconstructor, folder.last, { optimizer, card, extra }));
  const lines = state.history.map((record) => `${JSON.stringify(record)}\n`);
  if (lines.length === 0) await rm(folder.log, { force: true });
  else await writeAtomically(folder.log, lines.join(''));
}
