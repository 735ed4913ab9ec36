import { randomUUID } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { earliestStart, hasEnded, processStart } from '@kanrecon/files/node';
import { TrainingError } from '../../training-error.js';

/** Says which process trains in the folder: its number, when it started, on which computer. */
export const lockFileName = 'training.lock';

/** Who holds a lock. Earlier versions wrote the process number alone. */
interface Holder {
  readonly process: number;
  /** As {@link processStart} tells it; missing where that is not known. */
  readonly started?: string | undefined;
  readonly host?: string | undefined;
}

/** What this thread trains in itself, so that it keeps itself out as well. */
const held = new Set<string>();

/**
 * Keeps others out of a run folder while this process trains in it: other processes, and other trainings of this one. A lock is taken
 * over when its process is gone (a crash, a power cut), also when its number belongs to another process by now: as the lock says when its
 * process started or, where that is not known, as the file is older than the process. Of a process on another computer, which shares the
 * folder over a network, or in another container nobody here can tell whether it is alive: its lock stays.
 *
 * @param path the run folder, which exists; by whatever name, such as a symbolic link
 * @returns takes the lock away
 * @throws TrainingError `run-locked`, naming the process that holds it and the lock file
 */
export function lockRun(path: string): () => void {
  const file = join(realpathSync.native(path), lockFileName);
  if (held.has(file)) throw locked(path, file, { process: process.pid });
  const own: Holder = { process: process.pid, started: processStart(process.pid), host: hostname() };
  while (!tryLock(file, own)) {
    const content = readLock(file);
    const holder = parseHolder(content);
    if (holder && mayLive(holder, file)) throw locked(path, file, holder);
    takeAway(file, content);
  }
  held.add(file);
  const release = () => {
    held.delete(file);
    process.off('exit', release);
    if (readLock(file) === textOf(own)) rmSync(file, { force: true });
  };
  process.on('exit', release);
  return release;
}

function locked(path: string, file: string, { process: holder, host }: Holder): TrainingError {
  const elsewhere = host !== undefined && host !== hostname() ? { host } : {};
  const who = `process ${holder}${elsewhere.host ? ` on ${elsewhere.host}` : ''}`;
  const message = `lockRun: ${who} is training in ${path}, as ${file} says; expected a folder that nobody else trains in (delete that file if that process does not)`;
  return new TrainingError('run-locked', { path, process: holder, file, ...elsewhere }, message);
}

/** Whether a lock's process is, for all that can be told here, still at work. */
function mayLive({ process: pid, started, host }: Holder, file: string): boolean {
  if (host !== undefined && host !== hostname()) return true;
  if (!isAlive(pid) || hasEnded(pid)) return false;
  const now = processStart(pid);
  if (started !== undefined && now !== undefined) return started === now;
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: Number.POSITIVE_INFINITY };
  // By the file's age alone: what runs now has written nothing before it started. Of our own number that tells an earlier process, as in a
  // container that starts anew, from another thread of this one; of others the clock may have been set by a little meanwhile.
  return mtimeMs > earliestStart(pid) - (pid === process.pid ? 0 : 5000);
}

function tryLock(file: string, own: Holder): boolean {
  try {
    writeFileSync(file, textOf(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** By renaming, so that of two processes which find the same stale lock only one removes it. */
function takeAway(file: string, stale: string | undefined): void {
  const aside = join(dirname(file), `.${lockFileName}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Somebody was quicker and this is the new lock: back with it.
  if (readLock(aside) !== stale) renameSync(aside, file);
  else rmSync(aside, { force: true, recursive: true });
}

function textOf(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`;
}

function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Undefined for what a crash left of a lock. */
function parseHolder(content: string | undefined): Holder | undefined {
  try {
    const json: unknown = JSON.parse(content ?? '');
    const { process: pid, started, host } = (typeof json === 'number' ? { process: json } : json) as Holder;
    if (!Number.isSafeInteger(pid) || pid < 1) return undefined;
    const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
    return { process: pid, started: text(started), host: text(host) };
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
