import type { PickleValue } from './pickle-value.js';
import { isTorchLegacy, readTorchLegacy } from './read-torch-legacy.js';
import { readTorchZip } from './read-torch-zip.js';
import { showValue } from './show-value.js';
import { StoredTensor } from './stored-tensor.js';
import { WeightFileError } from './weight-file-error.js';

/** Where the weights stand in a checkpoint that holds more than them, in this order. */
const KEYS = ['model_state_dict', 'state_dict', 'model'] as const;

/**
 * Reads the weights in a PyTorch checkpoint (`.pt`, `.pth`): a state dict, or a dictionary with one as `model_state_dict`,
 * `state_dict` or `model`. Both of `torch.save`'s formats are read, the zip archives of today and what PyTorch before 1.6 wrote.
 *
 * A checkpoint is a Python pickle, which may ask Python to run any program. This reader cannot: it knows how to make numbers, texts,
 * lists, dictionaries and tensors, and refuses a file that asks for anything else, whatever that is.
 *
 * @param bytes the whole file; the tensors go on using it
 * @returns the tensors by name, in the file's order. What else the checkpoint holds (an optimizer's state, an epoch) is passed over.
 * @throws WeightFileError saying what is wrong with the file
 */
export function readTorchCheckpoint(bytes: ArrayBuffer | Uint8Array): Record<string, StoredTensor> {
  const file = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  try {
    return stateDictOf(isTorchLegacy(file) ? readTorchLegacy(file) : readTorchZip(file));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new WeightFileError(`readTorchCheckpoint: the checkpoint is not read: ${cause.message}`, { cause });
  }
}

function stateDictOf(value: PickleValue): Record<string, StoredTensor> {
  if (!(value instanceof Map)) throw new RangeError('it holds no dictionary; expected a state dict');
  // Under its key first: a loss or a generator's state beside it is a tensor too.
  const key =
    KEYS.find((name) => holdsTensors(value.get(name))) ??
    (holdsTensors(value) ? undefined : KEYS.find((name) => value.get(name) instanceof Map));
  const dict = key === undefined ? value : (value.get(key) as Map<unknown, PickleValue>);
  const where = key === undefined ? 'its dictionary' : key;
  const wrong = [...dict].find(([name, one]) => typeof name !== 'string' || !(one instanceof StoredTensor));
  if (wrong) {
    throw new RangeError(
      `${showValue(wrong[0])} in ${where} is no tensor; expected a state dict, or a dictionary with one as ${KEYS.join(', ')}`,
    );
  }
  return Object.fromEntries(dict as Map<string, StoredTensor>);
}

function holdsTensors(value: PickleValue | undefined): boolean {
  return value instanceof Map && [...value.values()].some((one) => one instanceof StoredTensor);
}
