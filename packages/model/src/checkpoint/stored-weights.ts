import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import { fromHalf } from './half-precision.js';
import type { ModelJson } from './reconstructor-artifacts.js';
import { show } from './show.js';

/** A weight of a network. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: 'float32';
}

/** What is in weights.bin. */
export interface StoredWeights {
  readonly entries: readonly WeightEntry[];
  /** All numbers in the entries' order, whatever their precision in the file is. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** A weight as it lies in weights.bin. */
interface StoredEntry extends WeightEntry {
  readonly size: number;
  /** Whether in half precision. */
  readonly half: boolean;
}

/**
 * The weights that model.json says are in weights.bin, in their order.
 *
 * @throws CheckpointError if these are not float32, be it in half precision, not as many as there are, or one of them is not finite
 */
export function storedWeights({ weightsManifest }: ModelJson, bytes: Uint8Array): StoredWeights {
  const stored: StoredEntry[] = [];
  const names = new Set<string>();
  for (const group of weightsManifest) {
    for (const entry of Array.isArray(group?.weights) ? group.weights : []) {
      const { name, shape, dtype, quantization } = entry ?? {};
      const half = quantization !== undefined;
      const known = dtype === 'float32' && (!half || quantization?.dtype === 'float16');
      if (typeof name !== 'string' || !isShape(shape) || !known || names.has(name)) {
        throw wrong(
          `expected weights { name, shape, dtype: "float32" }, those in half precision with quantization { dtype: "float16" }, no name twice, got ${show(entry)}`,
        );
      }
      names.add(name);
      stored.push({ name, shape: [...shape], dtype, size: shape.reduce((a, b) => a * b, 1), half });
    }
  }
  const total = stored.reduce((sum, { size, half }) => sum + size * (half ? 2 : 4), 0);
  if (total !== bytes.byteLength) {
    throw wrong(`expected the ${bytes.byteLength} bytes of weights.bin, got ${total}`);
  }
  const values = decode(stored, bytes);
  checkFinite(stored, values);
  return { entries: stored.map(({ name, shape, dtype }) => ({ name, shape, dtype })), values };
}

function decode(stored: readonly StoredEntry[], bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(stored.reduce((sum, { size }) => sum + size, 0));
  let [from, to] = [0, 0];
  for (const { size, half } of stored) {
    const end = from + size * (half ? 2 : 4);
    // A copy: what follows an odd number of halves lies at no multiple of four.
    const { buffer } = new Uint8Array(bytes.subarray(from, end));
    values.set(half ? fromHalf(new Uint16Array(buffer)) : new Float32Array(buffer), to);
    from = end;
    to += size;
  }
  return values;
}

function checkFinite(entries: readonly StoredEntry[], values: Float32Array): void {
  let start = 0;
  for (const { name, size } of entries) {
    const end = start + size;
    // Its root would be no number, which a ReLU turns into 0 without a word.
    const isVariance = name.endsWith('/moving_variance');
    for (let i = start; i < end; i++) {
      const finite = Number.isFinite(values[i]);
      if (finite && !(isVariance && values[i] < 0)) continue;
      const expected = finite ? 'no variance below 0' : 'finite numbers';
      throw new CheckpointError(
        `storedWeights: weights.bin cannot be used: "${name}" holds ${values[i]}; expected ${expected}${putSoundCopy}`,
      );
    }
    start = end;
  }
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 6 && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function wrong(reason: string): CheckpointError {
  return new CheckpointError(`storedWeights: weightsManifest of model.json is wrong; ${reason}${putSoundCopy}`);
}
