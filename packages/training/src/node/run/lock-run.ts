import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrainingError } from '../../training-error.js';

/** Holds the number of the process that trains in the folder. */
export const lockFileName = 'training.lock';

/** What this process trains in itself: its own number in a lock tells nothing, see below. */
const held = new Set<string>();

/**
 * Keeps others out of a run folder while this process trains in it: other processes, and other trainings of this one. A lock whose process is gone (a crash, a power
 * cut) is taken over.
 *
 * @param path the run folder, which exists
 * @returns takes the lock away
 * @throws TrainingError `run-locked`, naming the process that holds it
 */
export function lockRun(path: string): () => void {
  const file = join(path, lockFileName);
  if (held.has(file)) throw locked(path, process.pid);
  while (!tryLock(file)) {
    const holder = readHolder(file);
    // Our own number is an earlier process's, as in a container that starts anew: this process locks once.
    if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
      throw locked(path, holder);
    }
    takeAway(file, holder);
  }
  held.add(file);
  const release = () => {
    held.delete(file);
    process.off('exit', release);
    if (readHolder(file) === process.pid) rmSync(file, { force: true });
  };
  process.on('exit', release);
  return release;
}

function locked(path: string, holder: number): TrainingError {
  const message = `lockRun: process ${holder} is training in ${path}; expected a folder that nobody else trains in`;
  return new TrainingError('run-locked', { path, process: holder }, message);
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** By renaming, so that of two processes which find the same stale lock only one removes it. */
function takeAway(file: string, stale: number | undefined): void {
  const aside = `${file}.${process.pid}.tmp`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Somebody was quicker and this is the new lock: back with it.
  if (readHolder(aside) !== stale) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

function readHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
