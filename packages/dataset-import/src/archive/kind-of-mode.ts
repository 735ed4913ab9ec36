import type { EntryKind } from './archive-reader.js';

/** What a Unix mode (16 bits, as archives store it) says a file is; no type at all is a plain file. */
export function kindOfMode(mode: number): EntryKind {
  switch (mode & 0xf000) {
    case 0:
    case 0x8000:
      return 'file';
    case 0x4000:
      return 'folder';
    case 0xa000:
      return 'symbolic link';
    default:
      return 'device';
  }
}
