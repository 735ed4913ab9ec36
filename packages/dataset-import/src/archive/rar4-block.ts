import { crc32 } from 'node:zlib';
import { kindOfMode } from './kind-of-mode.js';
import type { RarBlock, RarFileHeader, ReadAt } from './rar-block.js';

const unixHost = 3;
const types: Readonly<Record<number, RarBlock['type']>> = { 115: 'main', 116: 'file', 123: 'end' };

/** A block of a rar archive of versions 2 to 4: checksum (16 bits), type, flags, header size, and for files what follows. */
export async function readRar4Block(readAt: ReadAt, position: number): Promise<RarBlock | 'truncated' | 'damaged'> {
  const start = await readAt(position, 7);
  if (start.length < 7) return 'truncated';
  const code = start[2];
  const flags = start.readUInt16LE(3);
  const headerSize = start.readUInt16LE(5);
  if (headerSize < 7 || code < 0x72 || code > 0x7b) return 'damaged';
  const header = await readAt(position, headerSize);
  if (header.length < headerSize) return 'truncated';
  const type = types[code] ?? 'other';
  // Old comment blocks have a checksum of another extent.
  if (
    type !== 'other' &&
    (crc32(header.subarray(2, checkedLength(header, type))) & 0xffff) !== header.readUInt16LE(0)
  ) {
    return 'damaged';
  }
  if (type === 'end') return { type, volume: (flags & 1) !== 0, next: position + headerSize };
  if (type === 'main') {
    if ((flags & 0x80) !== 0) return { type: 'encryption', volume: false, next: position + headerSize };
    return { type, volume: (flags & 1) !== 0, solid: (flags & 8) !== 0, next: position + headerSize };
  }
  const file = code === 0x74 || code === 0x7a ? fileHeader(header, flags) : undefined;
  if ((code === 0x74 || code === 0x7a) && !file) return 'damaged';
  const data = file?.packedSize ?? ((flags & 0x8000) !== 0 && headerSize >= 11 ? header.readUInt32LE(7) : 0);
  return {
    type,
    volume: type === 'file' && (flags & 3) !== 0,
    next: position + headerSize + data,
    ...(type === 'file' && { file }),
  };
}

/** A comment inside the main header of old archives is not covered by its checksum. */
function checkedLength(header: Buffer, type: RarBlock['type']): number {
  const commented = type === 'main' && (header.readUInt16LE(3) & 2) !== 0;
  return commented ? Math.min(13, header.length) : header.length;
}

function fileHeader(header: Buffer, flags: number): RarFileHeader | undefined {
  if (header.length < 32) return undefined;
  const large = (flags & 0x100) !== 0;
  if (large && header.length < 40) return undefined;
  const packedSize = header.readUInt32LE(7) + (large ? header.readUInt32LE(32) * 2 ** 32 : 0);
  const size = header.readUInt32LE(11) + (large ? header.readUInt32LE(36) * 2 ** 32 : 0);
  const attributes = header.readUInt32LE(28);
  const folder = (flags & 0xe0) === 0xe0;
  const kind = folder ? 'folder' : header[15] === unixHost ? kindOfMode(attributes & 0xffff) : 'file';
  return { kind, size, packedSize, crc32: header.readUInt32LE(16) };
}
