import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { hasEnded, processStart } from '../process-start.js';

/** What tells a process from every other one, for others to find out whether it still lives. */
export interface ProcessIdentity {
  readonly host: string;
  readonly process: number;
  /** Where process numbers mean the same: one container, or the computer outside of them. Known on Linux only. */
  readonly space?: string;
  /** As {@link processStart} tells it: numbers are given anew to later processes. */
  readonly started?: string;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  const [space, started] = [ownSpace(), processStart(process.pid)];
  return { host: hostname(), process: process.pid, ...(space && { space }), ...(started && { started }) };
}

/**
 * Whether a process lives.
 *
 * @param found what its file says; may be anything
 * @returns 'perhaps' where it cannot be told from here: another computer or container, or a file that says nothing of it; 'probably' for a
 *   process of that number of which it is not known whether it is the same
 */
export function findProcess(found: unknown): 'living' | 'probably' | 'perhaps' | 'dead' {
  const { host, process: id, space, started } = (found ?? {}) as Partial<Record<keyof ProcessIdentity, unknown>>;
  if (host !== hostname() || !isProcessNumber(id)) return 'perhaps';
  const here = ownSpace();
  if (space !== undefined && here !== undefined && space !== here) return 'perhaps';
  if (!isRunning(id) || hasEnded(id)) return 'dead';
  const now = processStart(id);
  if (started === undefined || now === undefined) return 'probably';
  return started === now ? 'living' : 'dead';
}

/** Those that `process.kill` takes for one process; 0 and less are groups of them. */
function isProcessNumber(id: unknown): id is number {
  return typeof id === 'number' && Number.isInteger(id) && id > 0 && id < 2 ** 31;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ownSpace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}
