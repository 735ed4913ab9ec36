import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import type { ModelJson } from './reconstructor-artifacts.js';
import { show } from './show.js';

/** A weight in weights.bin. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: 'float32';
}

/**
 * The weights that model.json says are in weights.bin, in their order.
 *
 * @throws CheckpointError if these are not float32, not as many as there are, or one of them is not finite
 */
export function weightEntries({ weightsManifest }: ModelJson, bytes: Uint8Array): WeightEntry[] {
  const entries: WeightEntry[] = [];
  const names = new Set<string>();
  let total = 0;
  for (const group of weightsManifest) {
    for (const entry of Array.isArray(group?.weights) ? group.weights : []) {
      const { name, shape, dtype } = entry ?? {};
      if (typeof name !== 'string' || !isShape(shape) || dtype !== 'float32' || names.has(name)) {
        throw wrong(`expected weights { name, shape, dtype: "float32" }, no name twice, got ${show(entry)}`);
      }
      names.add(name);
      total += shape.reduce((a, b) => a * b, 1);
      entries.push({ name, shape: [...shape], dtype });
    }
  }
  if (total * 4 !== bytes.byteLength) {
    throw wrong(`expected the ${bytes.byteLength} bytes of weights.bin, got ${total * 4}`);
  }
  checkFinite(entries, bytes);
  return entries;
}

function checkFinite(entries: readonly WeightEntry[], bytes: Uint8Array): void {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const values = new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
  let start = 0;
  for (const { name, shape } of entries) {
    const end = start + shape.reduce((a, b) => a * b, 1);
    // Its root would be no number, which a ReLU turns into 0 without a word.
    const isVariance = name.endsWith('/moving_variance');
    for (let i = start; i < end; i++) {
      const finite = Number.isFinite(values[i]);
      if (finite && !(isVariance && values[i] < 0)) continue;
      const expected = finite ? 'no variance below 0' : 'finite numbers';
      throw new CheckpointError(
        `weightEntries: weights.bin cannot be used: "${name}" holds ${values[i]}; expected ${expected}${putSoundCopy}`,
      );
    }
    start = end;
  }
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 6 && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function wrong(reason: string): CheckpointError {
  return new CheckpointError(`weightEntries: weightsManifest of model.json is wrong; ${reason}${putSoundCopy}`);
}
