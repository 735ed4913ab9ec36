import { crc32 } from 'node:zlib';
import type { EntryKind } from './archive-reader.js';
import { kindOfMode } from './kind-of-mode.js';
import type { RarBlock, RarFileHeader, ReadAt } from './rar-block.js';

const unixHost = 1;
const types: Readonly<Record<number, RarBlock['type']>> = { 1: 'main', 2: 'file', 4: 'encryption', 5: 'end' };
/** The format's own limit. */
const headerLimit = 2 * 1024 * 1024;

/** A block of a rar archive of version 5: checksum (32 bits), size, type, flags, and for files what follows. */
export async function readRar5Block(readAt: ReadAt, position: number): Promise<RarBlock | 'truncated' | 'damaged'> {
  const start = await readAt(position, 8);
  if (start.length < 6) return 'truncated';
  const sizeField = new Fields(start.subarray(4, 7));
  const headerSize = sizeField.number();
  if (sizeField.overrun || headerSize < 2 || headerSize > headerLimit) return 'damaged';
  const length = sizeField.position + headerSize;
  const header = await readAt(position + 4, length);
  if (header.length < length) return 'truncated';
  if (crc32(header) !== start.readUInt32LE(0)) return 'damaged';

  const fields = new Fields(header, sizeField.position);
  const type = types[fields.number()] ?? 'other';
  const flags = fields.number();
  const extraSize = (flags & 1) !== 0 ? fields.number() : 0;
  const dataSize = (flags & 2) !== 0 ? fields.number() : 0;
  const next = position + 4 + length + dataSize;
  if (extraSize > headerSize) return 'damaged';
  let volume = type === 'file' && (flags & 0x18) !== 0;
  let solid = false;
  let file: RarFileHeader | undefined;
  if (type === 'main') {
    const archive = fields.number();
    volume = (archive & 1) !== 0;
    solid = (archive & 4) !== 0;
  } else if (type === 'end') {
    volume = (fields.number() & 1) !== 0;
  } else if (type === 'file') {
    file = fileHeader(fields, new Fields(header, header.length - extraSize), dataSize);
  }
  if (fields.overrun || !Number.isSafeInteger(next)) return 'damaged';
  return { type, volume, solid, next, ...(file && { file }) };
}

function fileHeader(fields: Fields, extra: Fields, packedSize: number): RarFileHeader {
  const flags = fields.number();
  const size = fields.number();
  const attributes = fields.number();
  if ((flags & 2) !== 0) fields.uint32();
  const crc = (flags & 4) !== 0 ? fields.uint32() : undefined;
  fields.number();
  const host = fields.number();
  let kind: EntryKind = 'file';
  if (host === unixHost) kind = kindOfMode(attributes & 0xffff);
  if ((flags & 1) !== 0) kind = 'folder';
  while (!extra.atEnd && !extra.overrun) {
    const end = extra.number() + extra.position;
    const type = extra.number();
    // Symbolic links and junctions come first; then hard links, and copies, which name another entry just as these do.
    if (type === 5) kind = extra.number() <= 3 ? 'symbolic link' : 'hard link';
    extra.position = end;
  }
  const known = (flags & 8) === 0;
  return { kind, size: known ? size : undefined, packedSize, ...(crc !== undefined && { crc32: crc }) };
}

/** Reads numbers one after the other; beyond the end it gives 0 and remembers. */
class Fields {
  overrun = false;
  constructor(
    readonly bytes: Buffer,
    public position = 0,
  ) {}

  get atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  /** Seven bits a byte, the lowest first; the top bit says that more follow. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.position++];
      if (byte === undefined || scale > 2 ** 63) {
        this.overrun = true;
        return 0;
      }
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  uint32(): number {
    this.position += 4;
    if (this.position > this.bytes.length) {
      this.overrun = true;
      return 0;
    }
    return this.bytes.readUInt32LE(this.position - 4);
  }
}
