import { showEntry } from '@kanrecon/dataset/node';
import { corruptArchive, refusedEntry } from '../archive/archive-error.js';
import type { ArchiveEntry, ArchiveFormat } from '../archive/archive-reader.js';
import { normalizedPath, pathKey } from './entry-path.js';
import { explainUnsafePath } from './explain-unsafe-path.js';
import type { ImportLimits } from './import-limits.js';

const smallEntry = 2 ** 20;
const smallArchive = 2 ** 24;

/** Looks at every entry of an archive before anything is unpacked; refuses the whole archive for one that may do harm. */
export class EntryGuard {
  #paths = new Map<string, { path: string; folder: boolean }>();
  #total = 0;
  #count = 0;

  constructor(
    readonly archive: string,
    readonly format: ArchiveFormat,
    /** Bytes of the archive. */
    readonly size: number,
    readonly limits: ImportLimits,
  ) {}

  /** Takes the next entry. @throws DatasetError that names it */
  check(entry: ArchiveEntry): void {
    const { path, kind, encrypted } = entry;
    const refuse = (message: string) => refusedEntry(this.archive, path, message);
    const unsafe = explainUnsafePath(path);
    if (unsafe) throw refuse(unsafe);
    if (kind !== 'file' && kind !== 'folder') throw refuse(`it is a ${kind}; only files and folders are taken`);
    if (encrypted) throw refuse('it is protected by a password');
    this.#checkDuplicate(entry);
    this.#checkSize(entry);
  }

  #checkDuplicate({ path, kind }: ArchiveEntry): void {
    const plain = normalizedPath(path);
    const key = pathKey(plain);
    const folder = kind === 'folder';
    const other = this.#paths.get(key);
    this.#paths.set(key, { path: plain, folder });
    if (!other || (folder && other.folder)) return;
    const how =
      other.path === plain ? 'is there twice' : `is the same file as ${showEntry(other.path)} on some systems`;
    throw refusedEntry(this.archive, path, `its name ${how}`);
  }

  #checkSize({ path, size, packedSize }: ArchiveEntry): void {
    const { entries, totalBytes, ratio } = this.limits;
    const refuse = (message: string) => refusedEntry(this.archive, path, message);
    if (++this.#count > entries) throw corruptArchive(this.archive, `it has more than ${entries} entries`);
    if (!(size >= 0)) throw refuse('its declared size is no size');
    this.#total += size;
    if (this.#total > totalBytes) {
      throw refuse(`up to here the archive declares ${this.#total} bytes; expected at most ${totalBytes}`);
    }
    if (this.format === 'folder') return;
    if (packedSize !== undefined && size > smallEntry && size > ratio * packedSize) {
      throw refuse(
        `it declares ${size} bytes packed into ${packedSize}, more than ${ratio} times as many, as archives made to fill disks do`,
      );
    }
    if (this.#total > smallArchive && this.#total > ratio * this.size) {
      throw refuse(
        `up to here the archive declares ${this.#total} bytes, more than ${ratio} times its own size, as archives made to fill disks do`,
      );
    }
  }
}
