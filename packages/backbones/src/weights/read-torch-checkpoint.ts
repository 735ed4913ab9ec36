import { checkOptions } from '../check-options.js';
import { isTorchLegacy, readTorchLegacy } from './read-torch-legacy.js';
import { readTorchZip } from './read-torch-zip.js';
import { stateDictOf } from './state-dict-of.js';
import type { StoredTensor } from './stored-tensor.js';
import { WeightFileError } from './weight-file-error.js';

/** Options of {@link readTorchCheckpoint}. */
export interface ReadTorchCheckpointOptions {
  /**
   * Which of a checkpoint's state dicts is read, by its key: `ema_state_dict`, or `ema.shadow` for one in a dictionary of its own. Needed
   * where it holds several and it is not plain which, above all the weights and their moving average.
   */
  stateDict?: string;
}

/**
 * Reads the weights in a PyTorch checkpoint (`.pt`, `.pth`): a state dict, or a dictionary with one as `model_state_dict`,
 * `state_dict` or `model`, or their moving average alone. Both of `torch.save`'s formats are read, the zip archives of today and what PyTorch before 1.6 wrote.
 *
 * A checkpoint is a Python pickle, which may ask Python to run any program. This reader cannot: it knows how to make numbers, texts,
 * lists, dictionaries and tensors, and refuses a file that asks for anything else, whatever that is.
 *
 * @param bytes the whole file; the tensors go on using it
 * @returns the tensors by name, in the file's order. What else the checkpoint holds (an optimizer's state, an epoch) is passed over.
 * @throws WeightFileError saying what is wrong with the file, or that `stateDict` is to say which weights are wanted
 */
export function readTorchCheckpoint(
  bytes: ArrayBuffer | Uint8Array,
  options: ReadTorchCheckpointOptions = {},
): Record<string, StoredTensor> {
  checkOptions('readTorchCheckpoint', options, { stateDict: '' });
  const file = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  try {
    return stateDictOf(isTorchLegacy(file) ? readTorchLegacy(file) : readTorchZip(file), options.stateDict);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new WeightFileError(`readTorchCheckpoint: the checkpoint is not read: ${cause.message}`, { cause });
  }
}
