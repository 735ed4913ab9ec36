import type { TorchTensor } from '../torch-tensor.js';
import { crc32 } from './crc32.js';
import { needsNoPlace } from './needs-no-place.js';

/** Which tensors a feature extractor's weights are: enough to tell another network's from them, and nothing of their numbers. */
export interface TensorList {
  /** Tensors. */
  readonly count: number;
  /** CRC-32 of their names and shapes, sorted, a line each: `bn1.bias [32]`. */
  readonly crc32: number;
}

/** The list of what a file holds, under timm's names without a prefix; the classifier and what else has no place is left out. */
export function tensorList(tensors: Readonly<Record<string, Pick<TorchTensor, 'shape'>>>): TensorList {
  const useless = needsNoPlace('timm', Object.hasOwn(tensors, 'conv_head.weight'));
  const lines = Object.entries(tensors)
    .filter(([name]) => !useless(name))
    .map(([name, { shape }]) => `${name} [${shape.join(', ')}]\n`)
    .sort();
  return { count: lines.length, crc32: crc32(new TextEncoder().encode(lines.join(''))) };
}
