import { elementFormat } from './element-types.js';
import { PickleStorage, type PickleValue } from './pickle-value.js';
import { readPickle } from './read-pickle.js';
import { readZipEntries } from './read-zip-entries.js';
import { showValue } from './show-value.js';
import type { TensorStorage } from './stored-tensor.js';
import { findTorchGlobal, storageTypeOf } from './torch-globals.js';

/**
 * The value in a checkpoint as `torch.save` has written them since PyTorch 1.6: a zip archive with `NAME/data.pkl` and one entry
 * `NAME/data/KEY` for each storage.
 *
 * @throws RangeError in one clause
 */
export function readTorchZip(file: Uint8Array): PickleValue {
  const entries = readZipEntries(file);
  const folder = folderOf([...entries.keys()]);
  const text = (name: string) => {
    const bytes = entries.get(`${folder}/${name}`);
    return bytes && new TextDecoder().decode(bytes.subarray(0, 100)).trim();
  };
  const shown = folder.slice(0, 200);
  const order = text('byteorder') ?? 'little';
  if (order !== 'little') throw new RangeError(`its byte order is ${JSON.stringify(order)}; expected little`);
  const storages = new Map<string, PickleStorage>();
  const findPersistent = (id: PickleValue) => {
    const { key, ...storage } = storageOf(id);
    const bytes = entries.get(`${folder}/data/${key}`);
    if (!bytes) throw new RangeError(`the storage ${shown}/data/${key} is not in the archive`);
    const { size } = elementFormat(storage.type);
    if (bytes.length !== storage.count * size) {
      throw new RangeError(
        `the storage ${shown}/data/${key} holds ${bytes.length} bytes; expected ${storage.count} times ${size}`,
      );
    }
    const known = storages.get(key);
    if (known && known.storage.type !== storage.type) {
      throw new RangeError(`the storage ${shown}/data/${key} is of ${known.storage.type} and of ${storage.type}`);
    }
    const found = known ?? new PickleStorage({ ...storage, bytes });
    storages.set(key, found);
    return found;
  };
  const pickle = entries.get(`${folder}/data.pkl`) as Uint8Array;
  const { value, end } = readPickle(pickle, { findGlobal: findTorchGlobal, findPersistent });
  if (end !== pickle.length) throw new RangeError(`${pickle.length - end} bytes follow the end of the pickle`);
  return value;
}

/** A persistent id: `('storage', type, key, device, count)`. The key is a number in all that torch writes, and so no path. */
export function storageOf(id: PickleValue): TensorStorage & { key: string } {
  const [kind, typeName, key, device, count] = Array.isArray(id) ? id : [];
  const type = storageTypeOf(typeName);
  if (kind !== 'storage' || !type || typeof key !== 'string' || !/^\d{1,20}$/.test(key) || typeof device !== 'string') {
    throw new RangeError("a reference to what is no storage; expected ('storage', type, key, device, count)");
  }
  if (!Number.isSafeInteger(count) || (count as number) < 0) {
    throw new RangeError(`the storage ${key} has the size ${showValue(count)}`);
  }
  return { key, type, count: count as number };
}

function folderOf(names: readonly string[]): string {
  const given = new Set(names);
  const isScript = (name: string) => name.endsWith('/constants.pkl') && !given.has(name.replace('constants', 'data'));
  const found = names.filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const folder = found[0]?.slice(0, -'/data.pkl'.length);
  if (names.some(isScript) || (found.length === 1 && given.has(`${folder}/constants.pkl`))) {
    throw new RangeError(
      'it is a TorchScript archive; expected a state dict: torch.save(torch.jit.load(file).state_dict(), …)',
    );
  }
  if (found.length !== 1) {
    throw new RangeError(`expected one entry NAME/data.pkl, as torch.save writes it, got ${found.length}`);
  }
  return folder as string;
}
