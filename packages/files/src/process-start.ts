import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** Of Linux' clock for processes; 100 on every platform that Node.js runs on. */
const ticksPerSecond = 100;

/**
 * When a process started, as a text that no other process of its number has: on Linux the boot's identifier and the clock ticks since
 * then (field 22 of /proc/PID/stat), on other Unix systems what `ps` tells.
 *
 * @returns undefined where that cannot be told: on Windows, without /proc, or of a process that is gone
 */
export function processStart(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return `${read('/proc/sys/kernel/random/boot_id').trim()} ${startTicks(pid)}`;
    return toldByPs(pid);
  } catch {
    return undefined;
  }
}

/** The earliest moment at which a process of that number can have written a file, in milliseconds since 1970. */
export function earliestStart(pid: number): number {
  if (pid === process.pid) return Date.now() - process.uptime() * 1000;
  const boot = Date.now() - uptime() * 1000;
  try {
    if (process.platform === 'linux') return boot + (startTicks(pid) / ticksPerSecond) * 1000;
    const told = Date.parse(`${toldByPs(pid)} UTC`);
    return Number.isFinite(told) ? told : boot;
  } catch {
    return boot;
  }
}

/** Whether a process has ended, though its number is still taken, as nobody has asked how it ended (a zombie). Known on Linux only. */
export function hasEnded(pid: number): boolean {
  try {
    return /^[ZX]/.test(fieldsOf(pid)[0]!);
  } catch {
    return false;
  }
}

/** From the third on, of /proc/PID/stat. */
function fieldsOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets, in which anything may stand.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function startTicks(pid: number): number {
  const ticks = Number(fieldsOf(pid)[19]);
  if (!Number.isSafeInteger(ticks)) throw new Error('processStart: /proc tells no start');
  return ticks;
}

/** Such as `Sun Nov 29 08:04:26 2026`: in the same words and of the same clock, whatever the language and time zone of who asks. */
function toldByPs(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC0' };
  const told = execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8', timeout: 5000, env });
  return told.trim() || undefined;
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
