import type { TorchTensor } from '../../src/index.js';
import { archive, bytesOf, dictionary, op, tensor } from './torch-archive.js';

/** A checkpoint of tensors of single precision, as torch writes it; under a key if one is given. */
export function writeCheckpoint(tensors: Readonly<Record<string, TorchTensor>>, key?: string): Uint8Array {
  const storages: Record<string, Uint8Array> = {};
  const items = Object.entries(tensors).map(([name, { shape, data }], index) => {
    storages[index] = new Uint8Array(Float32Array.from(data).buffer);
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
    return [name, tensor({ key: String(index), count: data.length, shape: [...shape], strides })] as const;
  });
  const state = Object.fromEntries(items);
  if (key === undefined) return archive(dictionary(state), storages);
  const inner = bytesOf(op.dict, op.mark, ...items.flatMap(([name, value]) => [op.text(name), value]), op.setItems);
  return archive(dictionary({ epoch: op.int(7), [key]: inner }), storages);
}
