import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Removes a folder and those above it as far as `upTo`, both absolute, while they are empty. */
export async function removeEmptyFolders(path: string, upTo: string): Promise<void> {
  for (let folder = path; folder.length >= upTo.length; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return; // holds something, or is gone
    }
  }
}
