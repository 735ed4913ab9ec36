import { createHash } from 'node:crypto';
import type { ArchiveEntry } from '../archive/archive-reader.js';

/** SHA-256 over what will be imported. */
export function listingDigest(targets: ReadonlyMap<number, string>, taken: ReadonlyMap<number, ArchiveEntry>): string {
  const lines = [...targets].map(([index, target]) => {
    const { size, crc32 } = taken.get(index)!;
    return `${target}\t${size}\t${crc32 ?? ''}`;
  });
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
