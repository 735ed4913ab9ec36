import { DatasetError } from '@kanrecon/dataset';
import { showEntry } from '@kanrecon/dataset/node';

/** An archive that cannot be read at all, in one sentence without the archive's path. */
export function corruptArchive(archive: string, message: string, cause?: unknown): DatasetError {
  const problem = { path: archive, kind: 'corrupt-archive', message } as const;
  return new DatasetError('importDataset: unusable archive', [problem], { cause });
}

/** An entry for whose sake the whole archive is refused. */
export function refusedEntry(archive: string, entry: string, message: string, cause?: unknown): DatasetError {
  const problem = { path: `${archive}: ${showEntry(entry)}`, kind: 'refused-entry', message } as const;
  return new DatasetError('importDataset: refused archive', [problem], { cause });
}

/** What is said of an entry whose content grows beyond what the archive declared. */
export const longerThanDeclared = 'it unpacks to more than the archive declares, as archives made to fill disks do';

/** An archive that came damaged or cut short, which fetching it again may mend. */
export function damagedArchive(archive: string, message: string, cause?: unknown): DatasetError {
  const problem = { path: archive, kind: 'corrupt-archive', message: `${message}; fetch it again` } as const;
  return new DatasetError('importDataset: unusable archive', [problem], { cause, reason: 'damaged-archive' });
}

/** An entry that does not unpack to what was packed. */
export function damagedEntry(archive: string, entry: string, cause?: unknown): DatasetError {
  const message = 'its content is damaged; the archive must be fetched again';
  const problem = { path: `${archive}: ${showEntry(entry)}`, kind: 'refused-entry', message } as const;
  return new DatasetError('importDataset: refused archive', [problem], { cause, reason: 'damaged-archive' });
}
