import { checkOptions } from '../check-options.js';
import { readSafetensors } from './read-safetensors.js';
import { type ReadTorchCheckpointOptions, readTorchCheckpoint } from './read-torch-checkpoint.js';
import { isTorchLegacy } from './read-torch-legacy.js';
import type { StoredTensor } from './stored-tensor.js';
import { WeightFileError } from './weight-file-error.js';

/** What else a file may turn out to be, by how it begins. */
const others: readonly (readonly [beginnings: readonly string[], what: string])[] = [
  [['version https://git-lfs'], 'a pointer of Git LFS, not the file itself; fetch it with git lfs pull'],
  [['<!doctype', '<html', '<?xml'], 'a web page, not a file of weights; the download went wrong'],
  [['{', '['], 'a JSON file; a model.json of TensorFlow.js is handed over with its files: { modelJson, files }'],
  [['\u0089hdf'], 'a Keras file (HDF5), which is not read; convert it to safetensors'],
  [
    ['l119547037146038801333356l'],
    "a PyTorch checkpoint in Python's pickle protocol 0 or 1, which is not read; save it anew: torch.save(torch.load(file), file)",
  ],
  [['\u0080'], 'a bare Python pickle, which is not read; write it with torch.save or as safetensors'],
];

/**
 * Reads a file of weights, of whichever kind it is: safetensors or a PyTorch checkpoint.
 *
 * @param bytes the whole file
 * @param options of PyTorch checkpoints: which of their state dicts is read
 * @returns the tensors by name
 * @throws WeightFileError for any other file, and for a damaged one; for `stateDict` where the file is no PyTorch checkpoint
 */
export function readWeights(
  bytes: ArrayBuffer | Uint8Array,
  options: ReadTorchCheckpointOptions = {},
): Record<string, StoredTensor> {
  checkOptions('readWeights', options, { stateDict: '' });
  const file = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const isZip = file[0] === 0x50 && file[1] === 0x4b;
  if (isZip || isTorchLegacy(file)) return readTorchCheckpoint(file, options);
  // The ninth byte of a safetensors file begins the header.
  if (file[8] === 0x7b) {
    if (options.stateDict === undefined) return readSafetensors(file);
    throw new WeightFileError(
      'readWeights: stateDict is for PyTorch checkpoints, and this is a safetensors file, which holds one',
    );
  }
  const beginning = String.fromCharCode(...file.subarray(0, 40))
    .trimStart()
    .toLowerCase();
  const other = others.find(([beginnings]) => beginnings.some((one) => beginning.startsWith(one)));
  throw new WeightFileError(
    other
      ? `readWeights: this is ${other[1]}`
      : 'readWeights: the file is of no known kind; expected safetensors or a PyTorch checkpoint (.pt, .pth)',
  );
}
