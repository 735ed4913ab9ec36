import { DatasetError } from '@kanrecon/dataset';
import { showEntry } from '@kanrecon/dataset/node';

/** What to do about an archive that came damaged or cut short. */
export const fetchAgain = 'fetch it again';

/** What is said of an entry that does not unpack to what was packed. */
export const damagedContent = 'its content is damaged; the archive must be fetched again';

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
