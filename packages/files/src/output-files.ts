import { lstat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { type FileState, MadeFiles } from './made-files.js';
import { makeFolder } from './make-folder.js';
import { writeAtomically } from './write-atomically.js';

/** A file that a program is to write. */
export interface OutputFile {
  readonly path: string;
  /** What it is made of, such as the path of an input: a file that was made of something else is not replaced. Any when left out. */
  readonly of?: string;
}

/** Something is where a file is to be written, and must not be replaced. */
export class FileInTheWayError extends Error {
  override readonly name = 'FileInTheWayError';

  /**
   * @param paths what is in the way
   * @param reason whether it was not made by a program of ours, or was changed since; or was made of something else
   */
  constructor(
    readonly paths: readonly string[],
    readonly reason: Exclude<FileState, 'absent' | 'made'>,
  ) {
    const what = reason === 'foreign' ? 'files that were not made here' : 'files that were made of something else';
    super(`OutputFiles: ${what} are in the way; expected none, got ${paths.join(', ')}`);
  }
}

/**
 * Writes files for a user, and replaces none but those that it wrote itself and nobody changed since: see {@link MadeFiles}, whose record
 * lies hidden in each folder.
 */
export class OutputFiles {
  private readonly folders = new Map<string, Promise<MadeFiles>>();
  /** Paths that were found to be replaceable, with what they were then: what has not changed is not read again. */
  private readonly seen = new Map<string, string>();

  /**
   * Looks at all that is to be written before any of it is.
   *
   * @throws FileInTheWayError naming all that is in the way
   */
  async check(files: readonly OutputFile[]): Promise<void> {
    const wrong = { foreign: [] as string[], 'made-of-other': [] as string[] };
    for (const { path, of } of files) {
      const state = await this.stateOf(path, of);
      if (state === 'foreign' || state === 'made-of-other') wrong[state].push(path);
      else this.seen.set(resolve(path), await stamp(path));
    }
    for (const reason of ['foreign', 'made-of-other'] as const) {
      if (wrong[reason].length > 0) throw new FileInTheWayError(wrong[reason], reason);
    }
  }

  /**
   * Writes a file, atomically, and its folder where that is missing.
   *
   * @throws FileInTheWayError if something came to be there that must not be replaced
   */
  async write({ path, of }: OutputFile, data: string | Uint8Array): Promise<void> {
    if (this.seen.get(resolve(path)) !== (await stamp(path))) await this.check([{ path, of }]);
    await makeFolder(dirname(resolve(path)));
    const folder = await this.folder(path);
    await folder.record(basename(path), data, of);
    await writeAtomically(path, data);
    this.seen.set(resolve(path), await stamp(path));
  }

  private async stateOf(path: string, of: string | undefined): Promise<FileState> {
    return (await this.folder(path)).state(basename(path), of);
  }

  private folder(path: string): Promise<MadeFiles> {
    const folder = dirname(resolve(path));
    const known = this.folders.get(folder) ?? MadeFiles.open(folder);
    this.folders.set(folder, known);
    return known;
  }
}

/** What tells a file from another one that takes its place. */
async function stamp(path: string): Promise<string> {
  const found = await lstat(path, { bigint: true }).catch(() => undefined);
  return found ? `${found.dev} ${found.ino} ${found.size} ${found.mtimeNs}` : 'absent';
}
