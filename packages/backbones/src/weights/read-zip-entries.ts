import { crc32 } from './crc32.js';
import { showValue } from './show-value.js';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;

interface Entry {
  name: string;
  /** Of the local header. */
  start: number;
  size: number;
  crc: number;
}

/**
 * The entries of a zip archive whose entries are stored as they are, which is how PyTorch writes checkpoints. Nothing is unpacked, so
 * an archive cannot become larger than it is. Names are checked against each other and against the local headers; entries may not
 * overlap; check sums must hold.
 *
 * @param file the whole archive
 * @returns views of the file by name
 * @throws RangeError in one clause that says what is wrong
 */
export function readZipEntries(file: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const directory = findDirectory(view);
  const entries = readDirectory(file, view, directory);
  const out = new Map<string, Uint8Array>();
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.start - b.start)) {
    const name = showValue(entry.name);
    if (entry.start < end) throw new RangeError(`entry ${name} overlaps the one before it`);
    const from = dataStart(file, view, entry, directory.start);
    end = from + entry.size;
    if (end > directory.start)
      throw new RangeError(`entry ${name} ends behind the archive's data; the file is damaged`);
    const bytes = file.subarray(from, end);
    if (crc32(bytes) !== entry.crc) throw new RangeError(`entry ${name} is damaged: its check sum does not hold`);
    if (out.has(entry.name)) throw new RangeError(`two entries are called ${name}`);
    out.set(entry.name, bytes);
  }
  return out;
}

function findDirectory(view: DataView): { start: number; end: number; count: number } {
  // A comment of up to 65,535 bytes may follow.
  for (let at = view.byteLength - END_LENGTH; at >= Math.max(0, view.byteLength - END_LENGTH - MAX_16); at--) {
    if (view.getUint32(at, true) !== END || at + END_LENGTH + view.getUint16(at + 20, true) !== view.byteLength)
      continue;
    const count = view.getUint16(at + 10, true);
    const [size, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    if (count === MAX_16 || size === MAX_32 || start === MAX_32) {
      throw new RangeError('the archive has 65,535 entries or 4 GiB or more, which is not read');
    }
    if (start + size > at || count * CENTRAL_LENGTH > size) throw new RangeError('the list of entries is damaged');
    return { start, end: start + size, count };
  }
  throw new RangeError('the end of the archive is missing; the file is cut off');
}

function readDirectory(
  file: Uint8Array,
  view: DataView,
  { start, end, count }: { start: number; end: number; count: number },
): Entry[] {
  const entries: Entry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_LENGTH > end || view.getUint32(at, true) !== CENTRAL) {
      throw new RangeError('the list of entries is damaged');
    }
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
    const next = at + CENTRAL_LENGTH + lengths[0] + lengths[1] + lengths[2];
    if (next > end) throw new RangeError('the list of entries is damaged');
    const name = decodeName(file.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + lengths[0]));
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    if (flags & 1) throw new RangeError(`entry ${showValue(name)} is encrypted`);
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    if (method !== 0 || packed !== size) {
      throw new RangeError(
        `entry ${showValue(name)} is compressed (method ${method}); expected entries stored as they are, as torch.save writes them`,
      );
    }
    entries.push({ name, size, crc: view.getUint32(at + 16, true), start: view.getUint32(at + 42, true) });
    at = next;
  }
  return entries;
}

/** Where an entry's bytes begin. */
function dataStart(file: Uint8Array, view: DataView, { name, start }: Entry, limit: number): number {
  if (start + LOCAL_LENGTH > limit || view.getUint32(start, true) !== LOCAL) {
    throw new RangeError(`entry ${showValue(name)} is not where the list of entries says`);
  }
  const [nameLength, extraLength] = [view.getUint16(start + 26, true), view.getUint16(start + 28, true)];
  const from = start + LOCAL_LENGTH;
  if (decodeName(file.subarray(from, from + nameLength)) !== name) {
    throw new RangeError(`entry ${showValue(name)} has another name in its own header`);
  }
  return from + nameLength + extraLength;
}

function decodeName(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
