import { duplicateJsonKey } from './duplicate-json-key.js';
import { elementFormat, isElementType } from './element-types.js';
import { showValue } from './show-value.js';
import { MAX_AXES, StoredTensor } from './stored-tensor.js';
import { WeightFileError } from './weight-file-error.js';

/** Bytes of a header at most, as in the reference implementation. */
const MAX_HEADER = 100_000_000;

/** Nothing of the format is nested deeper than three levels; from some more on parsing alone takes seconds. */
const MAX_DEPTH = 10_000;

/** How the format names types: U32, F8_E4M3. */
const TYPE = /^[A-Z][A-Z0-9_]{0,19}$/;

interface Entry {
  name: string;
  type: string;
  shape: number[];
  begin: number;
  end: number;
}

/**
 * Reads a safetensors file: 8 bytes with the header's length, the header (JSON: every tensor's type, shape and place), the tensors.
 * Everything in the header is checked before anything is read: each tensor's bytes must fit its type and shape, and all together must
 * fill the file without gaps or overlaps. They may begin at any byte.
 *
 * Format: https://github.com/huggingface/safetensors#format
 *
 * @param bytes the whole file; the tensors go on using it
 * @returns the tensors by name, in the file's order. Types F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL are read; a tensor of
 *   another has no data, and says so when asked for it.
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
      const count = shape.reduce((product, side) => product * side, 1);
      const storage = { type, count, bytes: file.subarray(start + begin, start + end) };
      return [name, tensorAt(name, { storage, shape })];
    }),
  );
}

/**
 * The texts in the header of a safetensors file.
 *
 * @param bytes the whole file; the tensors are not looked at
 * @throws WeightFileError saying what is wrong with the header
 */
export function readSafetensorsMetadata(bytes: ArrayBuffer | Uint8Array): Record<string, string> {
  const { header } = readHeader(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
  const { __metadata__: metadata = {} } = header as { __metadata__?: unknown };
  if (!isObject(metadata) || !Object.values(metadata).every((text) => typeof text === 'string')) {
    throw fail('the metadata are no object of texts');
  }
  return { ...metadata } as Record<string, string>;
}

function tensorAt(name: string, place: { storage: { type: string; count: number }; shape: number[] }) {
  try {
    return new StoredTensor({ ...place, offset: 0 });
  } catch (cause) {
    throw fail(`tensor ${showValue(name)} is wrong: ${(cause as Error).message}`);
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
    if (depthOf(text) > MAX_DEPTH) throw new RangeError(`it is nested deeper than ${MAX_DEPTH} levels`);
    header = JSON.parse(text);
  } catch (cause) {
    throw fail(`the header is no JSON in UTF-8 (${(cause as Error).message})`, cause);
  }
  if (!text.startsWith('{') || !isObject(header)) throw fail('the header is no JSON object that begins with {');
  const twice = duplicateJsonKey(text);
  if (twice !== undefined) throw fail(`${showValue(twice)} stands twice in the header`);
  return { header, start: 8 + length };
}

function checkEntry(name: string, value: unknown): Entry {
  if (!isObject(value)) throw fail(`tensor ${showValue(name)} is described by no object`);
  const { dtype, shape, data_offsets: offsets, ...rest } = value as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw fail(`tensor ${showValue(name)} has the unknown field ${showValue(unknown)}`);
  if (typeof dtype !== 'string' || !TYPE.test(dtype)) {
    throw fail(`tensor ${showValue(name)} has no type; expected one such as F32, got ${showValue(dtype)}`);
  }
  if (Array.isArray(shape) && shape.length > MAX_AXES) {
    throw fail(`tensor ${showValue(name)} has ${shape.length} axes; at most ${MAX_AXES} are read`);
  }
  if (!isCounts(shape))
    throw fail(`the shape of tensor ${showValue(name)} is no list of sizes, got ${showValue(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2 || (offsets[0] as number) > (offsets[1] as number)) {
    throw fail(`data_offsets of tensor ${showValue(name)} is wrong; expected [begin, end], got ${showValue(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  // What nobody asks for may be of any type: only its place is checked.
  if (!isElementType(dtype)) return { name, type: dtype, shape, begin, end };
  const needed = shape.reduce((product, side) => product * side, elementFormat(dtype).size);
  if (end - begin !== needed) {
    throw fail(
      `tensor ${showValue(name)} of ${dtype} and shape [${shape}] needs ${needed} bytes; its data_offsets [${begin}, ${end}] are ${end - begin}`,
    );
  }
  return { name, type: dtype, shape, begin, end };
}

/** One after the other, from the first byte to the last. */
function checkPlaces(entries: readonly Entry[], length: number): void {
  let [at, last] = [0, 'the header'];
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < at)
      throw fail(`tensor ${showValue(name)} begins at byte ${begin}, inside ${last}, which ends at ${at}`);
    if (begin > at) throw fail(`${begin - at} bytes between ${last} and tensor ${showValue(name)} belong to nothing`);
    if (end > length) {
      throw fail(
        `tensor ${showValue(name)} ends at byte ${end} of the ${length} that follow the header; the file is cut off`,
      );
    }
    [at, last] = [end, `tensor ${showValue(name)}`];
  }
  if (at !== length) throw fail(`${length - at} bytes at the end belong to nothing`);
}

/** How deep brackets are nested, counted up to the first level that is too deep; what stands in texts is none. */
function depthOf(json: string): number {
  let [depth, deepest, inText] = [0, 0, false];
  for (let i = 0; i < json.length && deepest <= MAX_DEPTH; i++) {
    const char = json[i];
    if (inText && char === '\\') i++;
    else if (char === '"') inText = !inText;
    else if (inText) continue;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
}

function fail(message: string, cause?: unknown): WeightFileError {
  return new WeightFileError(`readSafetensors: ${message}`, { cause });
}
