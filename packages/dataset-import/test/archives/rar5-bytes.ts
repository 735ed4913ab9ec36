import { crc32 } from 'node:zlib';
import type { RarOptions } from './rar4-bytes.js';
import { contentOf, type TestEntry, unixModes } from './test-entry.js';

/** A rar archive of version 5 without compression, by the format's published description. */
export function rar5Bytes(entries: readonly TestEntry[], { volume, encryptedHeaders }: RarOptions = {}): Buffer {
  const parts: Buffer[] = [Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1')];
  if (encryptedHeaders) parts.push(rar5Block(4, 0, Buffer.alloc(20)));
  parts.push(rar5Block(1, 0, numbers(volume ? 1 : 0)));
  for (const entry of entries) parts.push(...file(entry));
  parts.push(rar5Block(5, 0, numbers(0)));
  return Buffer.concat(parts);
}

function file(entry: TestEntry): Buffer[] {
  const link = entry.kind === 'symbolic link' || entry.kind === 'hard link';
  const content = link ? Buffer.alloc(0) : contentOf(entry);
  return [rar5FileHeader(entry, content.length, entry.crc32 ?? crc32(content)), content];
}

/** The header of a file whose content follows. */
function rar5FileHeader(entry: TestEntry, length: number, crc: number): Buffer {
  const name = Buffer.from(entry.path);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc);
  const fields = Buffer.concat([
    numbers(entry.kind === 'folder' ? 5 : 4, entry.size ?? length, unixModes[entry.kind ?? 'file']),
    checksum,
    numbers(0, 1, name.length), // stored, Unix
    name,
  ]);
  const extra = extraRecord(entry);
  const head = extra.length > 0 ? numbers(extra.length, length) : numbers(length);
  return rar5Block(2, extra.length > 0 ? 3 : 2, Buffer.concat([head, fields, extra]));
}

function extraRecord({ kind, target = '', encrypted }: TestEntry): Buffer {
  const name = Buffer.from(target);
  const record = encrypted
    ? Buffer.concat([numbers(1, 0, 0, 15), Buffer.alloc(32)])
    : kind === 'symbolic link' || kind === 'hard link'
      ? Buffer.concat([numbers(5, kind === 'hard link' ? 4 : 1, 0, name.length), name])
      : Buffer.alloc(0);
  return record.length > 0 ? Buffer.concat([numbers(record.length), record]) : record;
}

/** A block: checksum, size, type, flags, what follows. */
function rar5Block(type: number, flags: number, rest: Buffer): Buffer {
  const body = Buffer.concat([numbers(type, flags), rest]);
  const checked = Buffer.concat([numbers(body.length), body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(checked));
  return Buffer.concat([checksum, checked]);
}

/** Seven bits a byte, the lowest first. */
function numbers(...values: number[]): Buffer {
  return Buffer.from(
    values.flatMap((value) => {
      const bytes: number[] = [];
      for (let rest = value; ; rest = Math.floor(rest / 128)) {
        bytes.push((rest % 128) | (rest >= 128 ? 128 : 0));
        if (rest < 128) return bytes;
      }
    }),
  );
}
