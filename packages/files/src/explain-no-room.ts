import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Why so many bytes do not fit on the disk of a folder, which need not be there yet, and what to do; `undefined` if they do or the
 * file system cannot tell.
 */
export async function explainNoRoom(folder: string, needed: number): Promise<string | undefined> {
  // Where it cannot tell, writing will.
  const free = await freeBytes(resolve(folder));
  if (needed <= free) return undefined;
  return `${showBytes(needed)} are needed, ${showBytes(free)} are free; free some, or use another disk`;
}

async function freeBytes(folder: string): Promise<number> {
  try {
    const { blocks, bavail, bsize } = await statfs(folder);
    // Linux' /proc and the like have no size at all.
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
  } catch (error) {
    const above = dirname(folder);
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT' && above !== folder;
    return missing ? freeBytes(above) : Number.POSITIVE_INFINITY;
  }
}

const units = ['KB', 'MB', 'GB', 'TB'] as const;

/** Bytes with three digits in the unit that suits them, rounded: `512 bytes`, `16.8 MB`, `1.25 GB`. */
export function showBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  let unit = 0;
  let value = bytes / 1000;
  // As it will be shown: 999.96 KB are 1.00 MB.
  for (; Number(value.toPrecision(3)) >= 1000 && unit + 1 < units.length; unit++) value /= 1000;
  return `${value >= 1000 ? Math.round(value) : value.toPrecision(3)} ${units[unit]}`;
}
