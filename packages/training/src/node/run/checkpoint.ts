import { namingPath } from '@kanrecon/files/node';
import type { ModelCard } from '@kanrecon/model';
import { saveReconstructor } from '@kanrecon/model/node';
import type { TrainingPosition } from '../../checkpoint/training-checkpoint.js';
import { toJson } from '../../loop/training-state.js';
import type { RunFolder } from './run-folder.js';
import { writeRunLog } from './write-run-log.js';

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
  await writeRunLog(folder, state);
}
