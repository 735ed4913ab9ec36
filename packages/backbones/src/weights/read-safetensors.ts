import { duplicateJsonKey } from './duplicate-json-key.js';
import { type ElementType, elementFormat, elementTypes } from './element-types.js';
import { StoredTensor } from './stored-tensor.js';
import { WeightFileError } from './weight-file-error.js';

/** Bytes of a header at most, as in the reference implementation. */
const MAX_HEADER = 100_000_000;

interface Entry {
  name: string;
  type: ElementType;
  shape: number[];
  begin: number;
  end: number;
}

/**
 * Reads a safetensors file: 8 bytes with the header's length, the header (JSON: every tensor's type, shape and place), the tensors.
 * Everything in the header is checked before anything is read: each tensor's bytes must fit its type and shape, lie at a multiple of
 * an element's size, and all together must fill the file without gaps or overlaps.
 *
 * Format: https://github.com/huggingface/safetensors#format
 *
 * @param bytes the whole file; the tensors go on using it
 * @returns the tensors by name, in the file's order. Types F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL are read.
 * @throws WeightFileError saying what is wrong with the file
 */
export function readSafetensors(bytes: ArrayBuffer | Uint8Array): Record<string, StoredTensor> {
  const file = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const { header, start } = readHeader(file);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => checkEntry(name, value));
  checkPlaces(entries, file.length - start);
  return Object.fromEntries(
    entries.map(({ name, type, shape, begin, end }) => {
      const count = (end - begin) / elementFormat(type).size;
      const storage = { type, count, bytes: file.subarray(start + begin, start + end) };
      return [name, tensorAt(name, { storage, shape })];
    }),
  );
}

function tensorAt(name: string, place: { storage: { type: ElementType; count: number }; shape: number[] }) {
  try {
    return new StoredTensor({ ...place, offset: 0 });
  } catch (cause) {
    throw fail(`tensor ${show(name)} is wrong: ${(cause as Error).message}`);
  }
}

function readHeader(file: Uint8Array): { header: object; start: number } {
  if (file.length < 8) throw fail(`the file ends after ${file.length} bytes; expected 8 with the header's length`);
  const view = new DataView(file.buffer, file.byteOffset, 8);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (length > MAX_HEADER) throw fail(`the header's length is ${length} bytes; expected at most ${MAX_HEADER}`);
  if (length > file.length - 8) {
    throw fail(
      `the header's length is ${length} bytes, but only ${file.length - 8} follow; the file is cut off or none`,
    );
  }
  let header: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.subarray(8, 8 + length));
    header = JSON.parse(text);
  } catch (cause) {
    throw fail(`the header is no JSON in UTF-8 (${(cause as Error).message})`, cause);
  }
  if (!text.startsWith('{') || !isObject(header)) throw fail('the header is no JSON object that begins with {');
  const twice = duplicateJsonKey(text);
  if (twice !== undefined) throw fail(`${show(twice)} stands twice in the header`);
  return { header, start: 8 + length };
}

function checkEntry(name: string, value: unknown): Entry {
  if (!isObject(value)) throw fail(`tensor ${show(name)} is described by no object`);
  const { dtype, shape, data_offsets: offsets, ...rest } = value as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw fail(`tensor ${show(name)} has the unknown field ${show(unknown)}`);
  if (typeof dtype !== 'string' || !Object.hasOwn(elementTypes, dtype)) {
    const known = Object.keys(elementTypes).join(', ');
    throw fail(`tensor ${show(name)} has a type that is not read; expected one of ${known}, got ${show(dtype)}`);
  }
  if (!isCounts(shape)) throw fail(`the shape of tensor ${show(name)} is no list of sizes, got ${show(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2 || (offsets[0] as number) > (offsets[1] as number)) {
    throw fail(`data_offsets of tensor ${show(name)} is wrong; expected [begin, end], got ${show(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  const { size } = elementFormat(dtype as ElementType);
  const needed = shape.reduce((product, side) => product * side, size);
  if (end - begin !== needed) {
    throw fail(
      `tensor ${show(name)} of ${dtype} and shape [${shape}] needs ${needed} bytes; its data_offsets [${begin}, ${end}] are ${end - begin}`,
    );
  }
  if (begin % size !== 0) {
    throw fail(`tensor ${show(name)} begins at byte ${begin}, which is no multiple of the ${size} bytes of ${dtype}`);
  }
  return { name, type: dtype as ElementType, shape, begin, end };
}

/** One after the other, from the first byte to the last. */
function checkPlaces(entries: readonly Entry[], length: number): void {
  let [at, last] = [0, 'the header'];
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < at) throw fail(`tensor ${show(name)} begins at byte ${begin}, inside ${last}, which ends at ${at}`);
    if (begin > at) throw fail(`${begin - at} bytes between ${last} and tensor ${show(name)} belong to nothing`);
    if (end > length) {
      throw fail(
        `tensor ${show(name)} ends at byte ${end} of the ${length} that follow the header; the file is cut off`,
      );
    }
    [at, last] = [end, `tensor ${show(name)}`];
  }
  if (at !== length) throw fail(`${length - at} bytes at the end belong to nothing`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function fail(message: string, cause?: unknown): WeightFileError {
  return new WeightFileError(`readSafetensors: ${message}`, { cause });
}
