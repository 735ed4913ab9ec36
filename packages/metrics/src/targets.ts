/**
 * Target values or predictions of n samples with k outputs each: n numbers (one output), n rows of k numbers, or n·k numbers,
 * row after row, with their shape.
 */
export type Targets =
  | ArrayLike<number>
  | ArrayLike<ArrayLike<number>>
  | { readonly data: ArrayLike<number>; readonly shape: readonly [number, number] };

/** Targets as one flat, row-major array. */
export interface FlatTargets {
  readonly data: Float64Array;
  readonly samples: number;
  readonly outputs: number;
}

/**
 * Flattens targets and checks every number.
 *
 * @throws if there are none, rows differ in length, the shape does not fit, or a number is not finite
 */
export function flatTargets(targets: Targets, caller: string, name: string): FlatTargets {
  const flat = flatten(targets, caller, name);
  const { data, samples, outputs } = flat;
  if (samples === 0 || outputs === 0) {
    throw new Error(
      `${caller}: ${name} is empty; expected at least one sample and one output, got ${samples} × ${outputs}`,
    );
  }
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new Error(
      `${caller}: sample ${Math.floor(wrong / outputs)}, output ${wrong % outputs} of ${name} must be a finite number, got ${data[wrong]}`,
    );
  }
  return flat;
}

function flatten(targets: Targets, caller: string, name: string): FlatTargets {
  if (typeof targets !== 'object' || targets === null) {
    throw new Error(`${caller}: ${name} must be an array of numbers or of rows, or { data, shape }, got ${targets}`);
  }
  if ('data' in targets && 'shape' in targets) {
    const [samples, outputs] = targets.shape;
    const counts = [samples, outputs].every((count) => Number.isInteger(count) && count >= 0);
    if (!counts || targets.data.length !== samples * outputs) {
      throw new Error(
        `${caller}: the shape of ${name} does not fit its data; expected ${samples} × ${outputs} numbers, got ${targets.data.length}`,
      );
    }
    return { data: Float64Array.from(targets.data, finiteOrNaN), samples, outputs };
  }
  const samples = targets.length;
  if (typeof samples !== 'number') {
    throw new Error(`${caller}: ${name} must be an array of numbers or of rows, or { data, shape }, got an object`);
  }
  if (samples === 0 || typeof targets[0] === 'number') {
    return { data: Float64Array.from(targets as ArrayLike<number>, finiteOrNaN), samples, outputs: 1 };
  }
  const rows = targets as ArrayLike<ArrayLike<number>>;
  const outputs = rows[0]?.length ?? 0;
  const data = new Float64Array(samples * outputs);
  for (let sample = 0; sample < samples; sample++) {
    if (rows[sample]?.length !== outputs) {
      throw new Error(
        `${caller}: row ${sample} of ${name} has another length; expected ${outputs}, got ${rows[sample]?.length}`,
      );
    }
    for (let output = 0; output < outputs; output++)
      data[sample * outputs + output] = finiteOrNaN(rows[sample][output]);
  }
  return { data, samples, outputs };
}

/** Keeps null, '' and the like from silently counting as 0. */
export function finiteOrNaN(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
