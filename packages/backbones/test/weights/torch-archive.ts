import { crc32 } from '../../src/weights/crc32.js';

const text = new TextEncoder();

/** Bytes of parts one after the other: texts, bytes, and numbers that are one byte each. */
export function bytesOf(...parts: readonly (string | number | ArrayLike<number>)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...text.encode(part)] : typeof part === 'number' ? [part] : Array.from(part),
    ),
  );
}

/** Little-endian, two's complement. */
export function uint(value: number, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => ((Math.floor(value / 256 ** i) % 256) + 256) % 256);
}

/** What a test changes in an archive. */
export interface ArchiveFaults {
  method?: number;
  flags?: number;
  crc?: number;
  /** Size in the list of entries. */
  size?: number;
  /** Name in the entry's own header. */
  localName?: string;
}

/** A zip archive of entries that are stored as they are. */
export function zip(
  entries: readonly (readonly [name: string, bytes: Uint8Array, faults?: ArchiveFaults])[],
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, bytes, faults = {}] of entries) {
    const { method = 0, flags = 0, crc = crc32(bytes), size = bytes.length, localName = name } = faults;
    const shared = bytesOf(
      uint(20, 2),
      uint(flags, 2),
      uint(method, 2),
      uint(0, 4),
      uint(crc, 4),
      uint(size, 4),
      uint(size, 4),
    );
    const local = bytesOf('PK\x03\x04', shared, uint(text.encode(localName).length, 2), uint(0, 2), localName);
    const lengths = bytesOf(uint(text.encode(name).length, 2), uint(0, 12), uint(at, 4));
    directory.push(bytesOf('PK\x01\x02', uint(20, 2), shared, lengths, name));
    parts.push(local, bytes);
    at += local.length + bytes.length;
  }
  const list = bytesOf(...directory);
  const end = bytesOf('PK\x05\x06', uint(0, 4), uint(entries.length, 2), uint(entries.length, 2), uint(list.length, 4));
  return concatenate([...parts, list, end, uint(at, 4), uint(0, 2)]);
}

/** Not by way of arrays: for megabytes. */
function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A checkpoint with that pickle and those storages. */
export function archive(pickle: Uint8Array, storages: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  return zip([
    ['archive/data.pkl', pickle],
    ...Object.entries(storages).map(([key, bytes]) => [`archive/data/${key}`, bytes] as const),
    ['archive/version', bytesOf('3\n')],
  ]);
}

/** The instructions of pickles that the tests write. */
export const op = {
  proto: bytesOf(0x80, 2),
  stop: bytesOf('.'),
  mark: bytesOf('('),
  dict: bytesOf('}'),
  list: bytesOf(']'),
  tuple: bytesOf('t'),
  setItem: bytesOf('s'),
  setItems: bytesOf('u'),
  append: bytesOf('a'),
  reduce: bytesOf('R'),
  persistent: bytesOf('Q'),
  none: bytesOf('N'),
  false: bytesOf(0x89),
  global: (module: string, name: string) => bytesOf('c', module, '\n', name, '\n'),
  text: (value: string) => bytesOf('X', uint(text.encode(value).length, 4), value),
  int: (value: number) => bytesOf('J', uint(value, 4)),
  long: (value: number) => bytesOf(0x8a, 8, uint(value, 8)),
  put: (index: number) => bytesOf('q', index),
  get: (index: number) => bytesOf('h', index),
};

/** A tensor of a pickle, where nothing else is said a 2 × 3 one of single precision in the storage 0 of six. */
export function tensor({
  type = 'FloatStorage',
  key = '0',
  count = 6,
  offset = 0,
  shape = [2, 3],
  strides = [3, 1],
  metadata = bytesOf(),
}: {
  type?: string;
  key?: string;
  count?: number;
  offset?: number;
  shape?: number[];
  strides?: number[];
  /** The seventh argument. */
  metadata?: Uint8Array;
} = {}): Uint8Array {
  const ints = (values: number[]) => bytesOf(op.mark, ...values.map(op.long), op.tuple);
  return bytesOf(
    ...[op.global('torch._utils', '_rebuild_tensor_v2'), op.mark],
    ...[op.mark, op.text('storage'), op.global('torch', type), op.text(key), op.text('cpu'), op.long(count), op.tuple],
    ...[op.persistent, op.long(offset), ints(shape), ints(strides), op.false],
    ...[op.global('collections', 'OrderedDict'), op.mark, op.tuple, op.reduce, metadata, op.tuple, op.reduce],
  );
}

/** A pickle of a dictionary. */
export function dictionary(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const items = Object.entries(entries).flatMap(([name, value]) => [op.text(name), value]);
  return bytesOf(op.proto, op.dict, op.mark, ...items, op.setItems, op.stop);
}

/** The bytes of numbers in single precision. */
export function floats(...values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}
