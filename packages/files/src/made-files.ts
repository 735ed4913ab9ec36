import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, lstat, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Name of the hidden file in which a folder's files are told that a program of ours has made there. */
export const madeFilesName = '.kanrecon-made.jsonl';

/** One line of it. */
interface MadeFile {
  /** Name of the file, in the folder of the record. */
  readonly file: string;
  /** Of what was written, in hexadecimal digits. */
  readonly sha256: string;
  /** What the file was made of, if the program said so. */
  readonly of?: string;
}

/** Whether a path may be written to: nothing is there, or what this program left there; or why not. */
export type FileState = 'absent' | 'made' | 'foreign' | 'made-of-other';

/**
 * Which files of a folder a program has made, so that it replaces no other. A file counts as made when its name is in the folder's record
 * with the checksum that its content has now: one that was changed since, or that came from elsewhere, is not. The record is only ever
 * added to, a line a file and before the file itself, so that neither an interruption nor two programs at once lose anything.
 */
export class MadeFiles {
  private readonly known = new Map<string, MadeFile[]>();

  /** Whether the record's last line was cut off. */
  private torn = false;

  private constructor(private readonly folder: string) {}

  /** Reads the record of a folder, which need not be there yet. */
  static async open(folder: string): Promise<MadeFiles> {
    const files = new MadeFiles(resolve(folder));
    const text = await readFile(join(folder, madeFilesName), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
      // People know the folder, not the record.
      throw Object.assign(error, { path: resolve(folder) });
    });
    files.torn = text !== '' && !text.endsWith('\n');
    for (const line of text.split('\n')) {
      const entry = parseLine(line);
      if (entry) files.remember(entry);
    }
    return files;
  }

  /** Whether any file is told of by this name. */
  has(name: string): boolean {
    return this.known.has(name);
  }

  /** @param of what the file is to be made of now; one that was made of something else is not to be replaced by it */
  async state(name: string, of?: string): Promise<FileState> {
    const path = join(this.folder, name);
    const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      // What keeps the folder from being made is told when it is.
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (!found) return 'absent';
    const told = this.known.get(name);
    if (!told || !found.isFile()) return 'foreign';
    const sha256 = await fileDigest(path);
    const made = told.filter((entry) => entry.sha256 === sha256);
    if (made.length === 0) return 'foreign';
    return of === undefined || made.some((entry) => entry.of === undefined || entry.of === of)
      ? 'made'
      : 'made-of-other';
  }

  /** Tells of a file that is about to be written. */
  async record(name: string, data: string | Uint8Array, of?: string): Promise<void> {
    const entry = { file: name, sha256: digest(data), ...(of !== undefined && { of }) };
    const told = this.known.get(name) ?? [];
    if (told.some(({ sha256, of: earlier }) => sha256 === entry.sha256 && earlier === of)) return;
    // In one piece: programs that write at once do not tear each other's lines.
    await appendFile(join(this.folder, madeFilesName), `${this.torn ? '\n' : ''}${JSON.stringify(entry)}\n`);
    this.torn = false;
    this.remember(entry);
  }

  private remember(entry: MadeFile): void {
    const told = this.known.get(entry.file);
    if (told) told.push(entry);
    else this.known.set(entry.file, [entry]);
  }
}

/** Whether a file is one that a program of ours has made where it lies, and is as it was left. */
export async function isMadeFile(path: string): Promise<boolean> {
  const files = await MadeFiles.open(dirname(path));
  return (await files.state(basename(path))) === 'made';
}

/** The entry of a line; undefined for one that was cut off, or that says something else. */
function parseLine(line: string): MadeFile | undefined {
  if (line === '') return undefined;
  try {
    const entry = JSON.parse(line);
    return typeof entry?.file === 'string' && typeof entry.sha256 === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}
