import { constants, readSync } from 'node:fs';
import { type FileHandle, open, readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { DatasetError } from '@kanrecon/dataset';
import { explainFileError, fileErrorFacts, makeFolder, namingPath, writeFully } from '@kanrecon/files/node';
import { type FeatureRows, type FeatureStore, memoryRows } from '../../features/feature-store.js';

/** Files that stay beside each other in a folder: those of as many backbones, preprocessings and sets of images. */
const keptFiles = 8;
const filePattern = /^features-[0-9a-f]{32}\.bin$/;
/** Bytes behind each row. */
const checksumBytes = 4;
const rowsAtOnce = 256;
/** What the system answers where nothing can be kept. */
const nowhere = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'];

/**
 * Keeps features in a folder, a file for each key. A row is its numbers (float32, little-endian) with their CRC-32 behind them: what a
 * killed process or a full disk left half written, or what was damaged since, is known row by row and computed again, the rest is not. The
 * files that were used last stay, eight of them; any may be deleted. Several processes may compute the same features at once: they write
 * the same bytes.
 *
 * Where nothing can be written, or no more, rows stay in memory for as long as they are open.
 *
 * @param folder made when there is something to keep
 * @param onUnkept told once, for each set of features that is not kept, or not all of it, why
 */
export function featureFolder(folder: string, onUnkept: (reason: string) => void = () => {}): FeatureStore {
  return {
    async open(key, count, width) {
      const path = join(folder, `features-${key.slice(0, 32)}.bin`);
      try {
        const rows = await openRows(path, count, width, onUnkept);
        await removeOldest(folder).catch(() => {});
        return rows;
      } catch (error) {
        onUnkept(unkept(path, error));
        return memoryRows(count, width);
      }
    },
  };
}

/** What is said of it. @throws any error but those of a folder or disk that takes nothing */
function unkept(path: string, error: unknown): string {
  const facts = fileErrorFacts(error);
  if (!facts || !nowhere.includes(facts.code)) throw error;
  return `${facts.path ?? path}: ${explainFileError(error)}`;
}

async function openRows(
  path: string,
  count: number,
  width: number,
  onUnkept: (reason: string) => void,
): Promise<FeatureRows> {
  await makeFolder(dirname(path));
  const file = await namingPath(path, open(path, constants.O_RDWR | constants.O_CREAT));
  try {
    const present = await soundRows(file, count, width);
    await utimes(path, new Date(), new Date()).catch(() => {});
    return fileRows(path, file, present, width, onUnkept);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function fileRows(
  path: string,
  file: FileHandle,
  present: Uint8Array,
  width: number,
  onUnkept: (reason: string) => void,
): FeatureRows {
  const rowBytes = 4 * width + checksumBytes;
  /** Rows for which there was no room. */
  let unkeptRows: FeatureRows | undefined;
  let open = true;
  return {
    has: (from, to) => present.subarray(from, to).every((there, i) => there || unkeptRows?.has(from + i, from + i + 1)),
    async write(from, rows) {
      if (unkeptRows) return unkeptRows.write(from, rows);
      const count = rows.length / width;
      const bytes = Buffer.alloc(count * rowBytes);
      for (let i = 0; i < count; i++) {
        const row = bytesOf(rows.subarray(i * width, (i + 1) * width));
        bytes.set(row, i * rowBytes);
        bytes.writeUInt32LE(crc32(row), (i + 1) * rowBytes - checksumBytes);
      }
      try {
        await writeFully(file, bytes, from * rowBytes);
        present.fill(1, from, from + count);
      } catch (error) {
        const reason = unkept(path, error);
        // What stood there may be half overwritten.
        present.fill(0, from, from + count);
        unkeptRows = memoryRows(present.length, width);
        await unkeptRows.write(from, rows);
        onUnkept(reason);
      }
    },
    read(indices) {
      const out = new Float32Array(indices.length * width);
      const row = Buffer.alloc(rowBytes);
      indices.forEach((index, i) => {
        if (!present[index] && unkeptRows) {
          out.set(unkeptRows.read(Uint32Array.of(index)), i * width);
          return;
        }
        // Read at once where they are needed at once; the system keeps the file in memory.
        const read = readSync(file.fd, row, 0, rowBytes, index * rowBytes);
        if (read !== rowBytes || !isSound(row)) {
          throw new DatasetError(`featureFolder: ${path} has been changed since it was opened; begin again to mend it`);
        }
        bytesOf(out).set(row.subarray(0, 4 * width), 4 * i * width);
      });
      return out;
    },
    close() {
      if (!open) return;
      open = false;
      file.close().catch(() => {});
    },
  };
}

/** Which rows of a file are whole: 1 for each that is. */
async function soundRows(file: FileHandle, count: number, width: number): Promise<Uint8Array> {
  const rowBytes = 4 * width + checksumBytes;
  const present = new Uint8Array(count);
  const bytes = Buffer.alloc(rowsAtOnce * rowBytes);
  for (let from = 0; from < count; from += rowsAtOnce) {
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from * rowBytes);
    const whole = Math.min(Math.floor(bytesRead / rowBytes), count - from);
    for (let i = 0; i < whole; i++) {
      present[from + i] = Number(isSound(bytes.subarray(i * rowBytes, (i + 1) * rowBytes)));
    }
    if (bytesRead < bytes.length) break;
  }
  return present;
}

function isSound(row: Buffer): boolean {
  const end = row.length - checksumBytes;
  return row.readUInt32LE(end) === crc32(row.subarray(0, end));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A file that another process still has open stays its own. */
async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => filePattern.test(name));
  if (names.length <= keptFiles) return;
  const used = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const time = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      return { path, time };
    }),
  );
  used.sort((a, b) => b.time - a.time);
  for (const { path } of used.slice(keptFiles)) await rm(path, { force: true }).catch(() => {});
}
