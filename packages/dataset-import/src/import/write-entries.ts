import { join } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import type { ArchiveEntry, ArchiveReader } from '../archive/archive-reader.js';
import type { ArchiveLayout } from './find-layout.js';

/** Files being written while the next are unpacked. */
const concurrentWrites = 8;

/** Unpacks the missing entries in the archive's order and writes each at once under its new name. */
export async function writeEntries(
  out: string,
  archive: ArchiveReader,
  { targets }: ArchiveLayout,
  missing: ReadonlyMap<number, ArchiveEntry>,
  signal: AbortSignal | undefined,
  onWritten: () => void,
): Promise<void> {
  if (missing.size === 0) return;
  const writing = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const { index, data } of archive.read(missing, { signal })) {
      const work = writeAtomically(join(out, targets.get(index)!), data)
        .then(onWritten, (error) => {
          failure ??= { error };
        })
        .finally(() => writing.delete(work));
      writing.add(work);
      if (writing.size >= concurrentWrites) await Promise.race(writing);
      if (failure) break;
      signal?.throwIfAborted();
    }
  } finally {
    await Promise.all(writing);
  }
  if (failure) throw failure.error;
}
