import { crc32 } from 'node:zlib';
import { contentOf, type TestEntry, unixModes } from './test-entry.js';

/** Options of {@link rar4Bytes} and `rar5Bytes`. */
export interface RarOptions {
  readonly volume?: boolean;
  readonly encryptedHeaders?: boolean;
}

/** A rar archive of version 4 without compression, by the format's published description. */
export function rar4Bytes(entries: readonly TestEntry[], { volume, encryptedHeaders }: RarOptions = {}): Buffer {
  const main = block(0x73, (volume ? 1 : 0) | (encryptedHeaders ? 0x80 : 0), Buffer.alloc(6));
  const end = block(0x7b, 0x4000, Buffer.alloc(0));
  return Buffer.concat([Buffer.from('Rar!\x1a\x07\x00', 'latin1'), main, ...entries.flatMap(file), end]);
}

function file(entry: TestEntry): Buffer[] {
  const content = contentOf(entry);
  const name = Buffer.from(entry.path.replaceAll('/', '\\'), 'latin1');
  const fields = Buffer.alloc(25);
  fields.writeUInt32LE(content.length, 0);
  fields.writeUInt32LE(entry.size ?? content.length, 4);
  fields[8] = 3; // Unix
  fields.writeUInt32LE(entry.crc32 ?? crc32(content), 9);
  fields[17] = 29;
  fields[18] = 0x30; // stored
  fields.writeUInt16LE(name.length, 19);
  fields.writeUInt32LE(unixModes[entry.kind ?? 'file'], 21);
  const flags = 0x8000 | (entry.kind === 'folder' ? 0xe0 : 0) | (entry.encrypted ? 4 : 0);
  return [block(0x74, flags, Buffer.concat([fields, name])), content];
}

function block(type: number, flags: number, fields: Buffer): Buffer {
  const header = Buffer.alloc(7 + fields.length);
  header[2] = type;
  header.writeUInt16LE(flags, 3);
  header.writeUInt16LE(header.length, 5);
  fields.copy(header, 7);
  header.writeUInt16LE(crc32(header.subarray(2)) & 0xffff, 0);
  return header;
}
