import type { LoadedReconstructor } from '@kanrecon/model';
import { loadReconstructor } from '@kanrecon/model/node';
import { UserError } from 'kanrecon';
import type { RunFolder } from './run-folder.js';

/** @throws UserError when the checkpoint's files are missing, damaged or of another version */
export async function loadCheckpoint(folder: RunFolder, kind: 'best' | 'last'): Promise<LoadedReconstructor> {
  try {
    return await loadReconstructor(folder[kind]);
  } catch (error) {
    const { message } = error as Error;
    if (!message.startsWith('loadReconstructor: ')) throw error;
    throw new UserError(`${message.slice('loadReconstructor: '.length)}.`, { cause: error });
  }
}
