import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { removeTemporaryFiles } from '@kanrecon/files/node';
import type { ModelCard } from '@kanrecon/model';
import type { OnTrainingEvent } from '../../events/training-event.js';
import { bestEpoch, type TrainingState } from '../../loop/training-state.js';
import { saveCheckpoint } from './checkpoint.js';
import type { RunFolder } from './run-folder.js';
import type { StartingPoint } from './starting-point.js';
import { mendRunLog } from './write-run-log.js';

/**
 * Makes a run's folder whole again before it goes on, whatever a crash or a lost file has left of it: the checkpoint that it goes on from
 * is the truth. A last checkpoint that is missing is made from the best one. The best epoch that is told afterwards is the one in `best/`,
 * which is replaced by a better one only.
 */
export async function mendRun(
  folder: RunFolder,
  { position, from, best }: StartingPoint,
  card: ModelCard,
  onEvent: OnTrainingEvent,
): Promise<void> {
  const { state } = position;
  await removeLeftovers(folder);
  if (from === 'best') onEvent({ type: 'notice', notice: { code: 'last-missing', epoch: state.epoch } });
  // Also where nothing is left to train, which would save none: what asks for the last checkpoint afterwards finds one.
  let saveLast = from === 'best';
  const lost = bestEpoch(state)?.epoch;
  if (lost !== undefined && !holds(best, lost, state)) {
    const kept = bestLeft(state, best?.epoch);
    for (const record of state.history) {
      if (record.epoch === kept) record.best = true;
      else if (kept === undefined || record.epoch > kept) record.best = false;
    }
    if (kept !== undefined && kept !== best?.epoch) await saveCheckpoint(folder, 'best', position, card);
    // Cut off between the last checkpoint and the best, which are the same network then, it has lost nothing.
    if (kept !== lost) {
      onEvent({ type: 'notice', notice: { code: 'best-missing', lost, ...(kept !== undefined && { kept }) } });
      saveLast = true;
    }
  }
  // Before the checkpoint, which writes the log anew.
  const file = await mendRunLog(folder, state);
  if (file) onEvent({ type: 'notice', notice: { code: 'log-kept', file } });
  if (saveLast) await saveCheckpoint(folder, 'last', position, card);
}

/** Whether `best/` is that epoch's; one from ahead comes again when the epochs between are trained again, with the same numbers. */
function holds(best: TrainingState | undefined, epoch: number, state: TrainingState): boolean {
  return best !== undefined && (best.epoch === epoch || best.epoch > state.epoch);
}

/**
 * The best epoch whose network is still there: that of `best/`, or the one that the last checkpoint ends. The network of an epoch that was
 * cut off has no score.
 */
function bestLeft({ history, epoch, step }: TrainingState, inBest: number | undefined): number | undefined {
  const there = [inBest, step === 0 ? epoch : undefined].flatMap((each) => history[(each ?? 0) - 1] ?? []);
  return there.sort((a, b) => a.val_loss - b.val_loss)[0]?.epoch;
}

/** What processes that were killed while they were writing have left. */
async function removeLeftovers(folder: RunFolder): Promise<void> {
  await removeTemporaryFiles(folder.path);
  for (const path of [folder.best, folder.last]) {
    await rm(`${path}.saving`, { recursive: true, force: true });
    // Cut off between the two renames of a save, the previous one is the one that counts.
    if (existsSync(path)) await rm(`${path}.previous`, { recursive: true, force: true });
    else if (existsSync(`${path}.previous`)) await rename(`${path}.previous`, path);
  }
}
