import { util } from '@tensorflow/tfjs-core';

/** A reduction as sums over the rows of `batch` matrices of `rows` × `columns`. */
export interface RowReduction {
  begin: number;
  end: number;
  batch: number;
  rows: number;
  columns: number;
}

/** The reduction of `shape` over `axis` in that form; undefined when the axes are no neighbours or reach the last one. */
export function rowReduction(shape: number[], axis: number | number[]): RowReduction | undefined {
  const axes = util.parseAxisParam(axis, shape).sort((a, b) => a - b);
  const begin = axes[0] ?? 0;
  const end = begin + axes.length;
  const neighbours = axes.every((value, i) => value === begin + i);
  const batch = util.sizeFromShape(shape.slice(0, begin));
  const rows = util.sizeFromShape(shape.slice(begin, end));
  const columns = util.sizeFromShape(shape.slice(end));
  return neighbours && columns >= 2 && rows > 0 ? { begin, end, batch, rows, columns } : undefined;
}
