import { withoutCaller } from '@kanrecon/image';
import type { LoadedReconstructor } from '@kanrecon/model';
import { CheckpointError } from '@kanrecon/model';
import { loadReconstructor } from '@kanrecon/model/node';
import { TrainingError } from '../../training-error.js';
import type { RunFolder } from './run-folder.js';

/** @throws TrainingError `unusable-checkpoint` when the checkpoint's files are missing, damaged or of another version */
export async function loadCheckpoint(folder: RunFolder, kind: 'best' | 'last'): Promise<LoadedReconstructor> {
  try {
    return await loadReconstructor(folder[kind]);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    const reason = withoutCaller(error.message);
    throw new TrainingError('unusable-checkpoint', { reason }, `loadCheckpoint: ${reason}`, { cause: error });
  }
}
