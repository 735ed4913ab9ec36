import { existsSync } from 'node:fs';
import { UserError } from 'kanrecon';
import { runFolder } from './run-folder.js';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

/** Says of a full disk how the run in `out` goes on once there is space; other errors pass. */
export function explainFullDisk(out: string) {
  return (error: unknown): never => {
    const { code = '', path = runFolder(out).path } = error as NodeJS.ErrnoException;
    const reason = reasons[code];
    if (!reason) throw error;
    const next = existsSync(runFolder(out).config)
      ? `go on with kanrecon train --out ${out} --resume`
      : 'give the same command again';
    throw new UserError(`${path}: ${reason}; free some space, then ${next}.`, { cause: error });
  };
}
