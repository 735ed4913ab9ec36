import type { Tensor } from '@tensorflow/tfjs-core';
import { kindOf } from './check-model.js';

/** Rows of numbers: one row for each sample, or a tensor [samples, numbers]. */
export type Samples = Tensor | readonly ArrayLike<number>[];

/** Samples in double precision, row-major. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/**
 * Reads samples, and makes sure that they can be computed with.
 *
 * @param name the function that asks, for messages
 * @param columns how many numbers a row must have
 * @throws if they are no samples, there is no row, a row has another length, or a number is not finite
 */
export function readSamples(name: string, samples: Samples, columns: number, what = 'samples'): Table {
  const rows = Array.isArray(samples) ? samples : tensorRows(name, samples as Tensor, what);
  if (rows.length === 0) throw new Error(`${name}: no ${what}; expected at least one row, got none`);
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row: ArrayLike<number>, r: number) => {
    if (row?.length !== columns) {
      const got = row?.length ?? kindOf(row);
      throw new Error(`${name}: row ${r} of the ${what} is wrong; expected ${columns} numbers, got ${got}`);
    }
    for (let c = 0; c < columns; c++) {
      const value = row[c]!;
      if (!Number.isFinite(value)) {
        throw new Error(
          `${name}: the ${what} are wrong; expected finite numbers, got ${value} in row ${r}, column ${c}`,
        );
      }
      data[r * columns + c] = value;
    }
  });
  return { rows: rows.length, columns, data };
}

/** Every so manyeth row of tables of as many rows, so that at most `most` are left. */
export function thinRows(tables: readonly Table[], most: number): Table[] {
  return tables.map((table) => {
    const { rows, columns, data } = table;
    if (rows <= most) return table;
    const thin = new Float64Array(most * columns);
    for (let k = 0; k < most; k++) {
      const r = Math.floor((k * rows) / most);
      thin.set(data.subarray(r * columns, (r + 1) * columns), k * columns);
    }
    return { rows: most, columns, data: thin };
  });
}

function tensorRows(name: string, samples: Tensor, what: string): ArrayLike<number>[] {
  if (typeof samples?.dataSync !== 'function') {
    throw new Error(
      `${name}: the ${what} are wrong; expected a tensor [samples, numbers] or an array of rows, got ${kindOf(samples)}`,
    );
  }
  const [rows, columns] = samples.shape;
  if (samples.shape.length !== 2) {
    throw new Error(
      `${name}: the ${what} are wrong; expected a tensor [samples, numbers], got shape [${samples.shape}]`,
    );
  }
  const data = samples.dataSync();
  return Array.from({ length: rows! }, (_, r) => data.subarray(r * columns!, (r + 1) * columns!));
}
