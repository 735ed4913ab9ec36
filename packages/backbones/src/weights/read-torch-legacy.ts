import { elementFormat } from './element-types.js';
import { PickleSource } from './pickle-source.js';
import { PickleStorage, type PickleValue } from './pickle-value.js';
import { readPickle } from './read-pickle.js';
import { storageOf } from './read-torch-zip.js';
import { findTorchGlobal } from './torch-globals.js';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/** A pickle of the number that legacy checkpoints begin with. */
const BEGINNING = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

/** Whether a file begins as checkpoints of PyTorch before 1.6 do. */
export function isTorchLegacy(file: Uint8Array): boolean {
  return BEGINNING.every((byte, i) => file[i] === byte);
}

/**
 * The value in a checkpoint as `torch.save` wrote them before PyTorch 1.6, and many published weights still are: pickles one after the
 * other (a number, the format's version, the machine, the value, the storages' keys), then each storage with its count before it.
 *
 * @throws RangeError in one clause
 */
export function readTorchLegacy(file: Uint8Array): PickleValue {
  const storages = new Map<string, PickleStorage>();
  const findPersistent = (id: PickleValue) => {
    const { key, ...storage } = storageOf(id);
    if (Array.isArray(id) && id[5] != null)
      throw new RangeError(`the storage ${key} is a view of another, which is not read`);
    const known = storages.get(key);
    if (known && (known.storage.type !== storage.type || known.storage.count !== storage.count)) {
      throw new RangeError(`the storage ${key} is described twice, and differently`);
    }
    const found = known ?? new PickleStorage(storage);
    storages.set(key, found);
    return found;
  };
  let at = 0;
  const next = () => {
    const { value, end } = readPickle(file, { findGlobal: findTorchGlobal, findPersistent }, at);
    at = end;
    return value;
  };
  const [magic, protocol, machine, value, keys] = [next(), next(), next(), next(), next()];
  if (magic !== MAGIC || protocol !== PROTOCOL) throw new RangeError('it does not begin as a legacy checkpoint does');
  if (!(machine instanceof Map) || machine.get('little_endian') !== true) {
    throw new RangeError('it was written by a big-endian machine, which is not read');
  }
  readStorages(file, at, { keys, storages });
  return value;
}

function readStorages(
  file: Uint8Array,
  start: number,
  { keys, storages }: { keys: PickleValue; storages: ReadonlyMap<string, PickleStorage> },
): void {
  const given = Array.isArray(keys) ? keys : [];
  if (new Set(given).size !== storages.size || given.length !== storages.size) {
    throw new RangeError(`it lists ${given.length} storages; its tensors use ${storages.size}`);
  }
  const source = new PickleSource(file, start);
  for (const key of given) {
    const storage = storages.get(key as string)?.storage;
    if (!storage) throw new RangeError('it lists a storage that no tensor uses');
    const count = source.uint64();
    if (count !== storage.count) {
      throw new RangeError(`the storage ${key} holds ${count} elements; expected ${storage.count}`);
    }
    storage.bytes = source.take(count * elementFormat(storage.type).size);
  }
  if (source.at !== file.length) throw new RangeError(`${file.length - source.at} bytes follow its end`);
}
