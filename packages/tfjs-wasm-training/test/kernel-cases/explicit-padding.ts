import type { backend_util } from '@tensorflow/tfjs-core';

/** Padding side by side: before and behind the rows, before and behind the columns. */
export function explicit(rows: [number, number], columns: [number, number]): backend_util.ExplicitPadding {
  return [[0, 0], rows, columns, [0, 0]];
}

/** The same padding as `before` on all sides with sizes rounded as they were: as much behind as the output needs. */
export function sidesOf(info: backend_util.Conv2DInfo, before: number): backend_util.ExplicitPadding {
  const rows = (info.outHeight - 1) * info.strideHeight + info.filterHeight - info.inHeight - before;
  const columns = (info.outWidth - 1) * info.strideWidth + info.filterWidth - info.inWidth - before;
  return explicit([before, Math.max(rows, 0)], [before, Math.max(columns, 0)]);
}
