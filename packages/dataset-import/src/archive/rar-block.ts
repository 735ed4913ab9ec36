import type { EntryKind } from './archive-reader.js';

/** What a header of a rar archive says of one file. Names are left to the unpacking library. */
export interface RarFileHeader {
  readonly kind: EntryKind;
  /** Declared size in bytes; `undefined` when the archive leaves it open. */
  readonly size: number | undefined;
  readonly packedSize: number;
  readonly crc32?: number;
}

/** One block of a rar archive. */
export interface RarBlock {
  readonly type: 'main' | 'file' | 'encryption' | 'end' | 'other';
  /** Whether a part of it is in another volume, or the archive is one of several volumes. */
  readonly volume: boolean;
  readonly solid?: boolean;
  /** Where the next block begins. */
  readonly next: number;
  readonly file?: RarFileHeader;
}

/** Reads `length` bytes at `position`, or fewer at the end of the file. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;
