import { crc32, deflateRawSync } from 'node:zlib';
import { contentOf, type TestEntry, unixModes } from './test-entry.js';

/** A zip archive made by a Unix system, by the format's published description. */
export function zipBytes(entries: readonly TestEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = contentOf(entry);
    // Encryption puts twelve bytes of its own in front.
    const plain = entry.deflate ? deflateRawSync(content) : content;
    const packed = entry.encrypted ? Buffer.concat([Buffer.alloc(12), plain]) : plain;
    const name = Buffer.from(entry.path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (entry.encrypted ? 1 : 0) | (entry.flags ?? 0), 2);
    common.writeUInt16LE(entry.method ?? (entry.deflate ? 8 : 0), 4);
    common.writeUInt32LE(entry.crc32 ?? crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.zip64 ? content.length : (entry.size ?? content.length), 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((unixModes[entry.kind ?? 'file'] << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const central = Buffer.from(common);
    const extra = zip64Fields(entry, content.length, packed.length);
    if (entry.zip64) central.fill(0xff, 14, 22);
    central.writeUInt16LE(extra.length, 24);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), central, rest, name, extra);
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** The extra field that holds sizes of 64 bits. */
function zip64Fields({ zip64, size }: TestEntry, length: number, packed: number): Buffer {
  if (zip64 !== 'sizes') return Buffer.alloc(0);
  const field = Buffer.alloc(20);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(16, 2);
  field.writeBigUInt64LE(BigInt(size ?? length), 4);
  field.writeBigUInt64LE(BigInt(packed), 12);
  return field;
}
