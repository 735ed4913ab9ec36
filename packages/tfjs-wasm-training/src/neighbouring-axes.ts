import { util } from '@tensorflow/tfjs-core';

/** A reduction as sums over the rows of `batch` matrices of `rows` × `columns`. */
export interface RowReduction {
  begin: number;
  end: number;
  batch: number;
  rows: number;
  columns: number;
}

/**
 * The reduction of `shape` over `axis`, as one reduction after another over neighbouring axes: the last ones first, so that the
 * axes of those that follow keep their numbers.
 */
export function successiveReductions(shape: number[], axis: number | number[]): RowReduction[] {
  const axes = util.parseAxisParam(axis, shape).sort((a, b) => a - b);
  const reductions: RowReduction[] = [];
  const current = shape.slice();
  for (let end = axes.pop(); end !== undefined; end = axes.pop()) {
    let begin = end;
    while (axes.at(-1) === begin - 1) begin = axes.pop()!;
    const batch = util.sizeFromShape(current.slice(0, begin));
    const rows = util.sizeFromShape(current.slice(begin, end + 1));
    const columns = util.sizeFromShape(current.slice(end + 1));
    reductions.push({ begin, end: end + 1, batch, rows, columns });
    current.splice(begin, end + 1 - begin);
  }
  return reductions;
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
