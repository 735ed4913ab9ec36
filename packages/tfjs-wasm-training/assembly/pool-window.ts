import { Volume } from './volume';

/**
 * Where a pooling's windows stand, and which of their pixels lie inside the volume. Those are listed as bytes from the window's first
 * pixel, so that one list holds for a run of windows: all of a row that no side cuts, or one that is cut. The host gives the memory:
 * this, and four bytes a pixel of the window behind it (src/volume-geometry.ts).
 */
@unmanaged
export class PoolWindow {
  /** Bytes from the beginning of the input to the first pixel of the run's first window; it may lie outside (below 0, then). */
  start: usize;
  /** Where the list ends. It begins at {@link listOf}. */
  end: usize;
  batch: i32;
  outZ: i32;
  outY: i32;
  /** The first window of the run within its row, and how many there are. */
  outX: i32;
  run: i32;
  padding: i32;
}

// @ts-ignore: decorator
@inline
export function listOf(window: usize): usize {
  return window + offsetof<PoolWindow>();
}

/** Bytes from one window of a run to the next. */
// @ts-ignore: decorator
@inline
export function windowStep(shape: Volume): usize {
  return <usize>(shape.strideWidth * shape.inChannels) << 2;
}

/** Stands before the first window, or behind the last if there are none. */
export function beforeWindows(shape: Volume, at: PoolWindow): void {
  at.batch = shape.outDepth * shape.outHeight * shape.outWidth > 0 ? 0 : shape.batch;
  at.outZ = 0;
  at.outY = -1;
  at.outX = shape.outWidth;
  at.run = 0;
}

/** Goes on to the next run of windows, in the order of the output; false when there is none. */
export function nextWindows(shape: Volume, at: PoolWindow): bool {
  at.outX += at.run;
  if (at.outX >= shape.outWidth) {
    at.outX = 0;
    if (++at.outY === shape.outHeight) {
      at.outY = 0;
      if (++at.outZ === shape.outDepth) {
        at.outZ = 0;
        at.batch++;
      }
    }
  }
  if (at.batch >= shape.batch) return false;
  const z = at.outZ * shape.strideDepth - shape.padFront;
  const y = at.outY * shape.strideHeight - shape.padTop;
  const x = at.outX * shape.strideWidth - shape.padLeft;
  at.start = <usize>((((at.batch * shape.inDepth + z) * shape.inHeight + y) * shape.inWidth + x) * shape.inChannels) << 2;
  const room = shape.inWidth - 1 - x - (shape.kernelWidth - 1) * shape.dilationWidth;
  at.run = x < 0 || room < 0 ? 1 : min(room / shape.strideWidth + 1, shape.outWidth - at.outX);
  let end = listOf(changetype<usize>(at));
  for (let dz = 0; dz < shape.kernelDepth * shape.dilationDepth; dz += shape.dilationDepth) {
    if (<u32>(z + dz) >= <u32>shape.inDepth) continue;
    for (let dy = 0; dy < shape.kernelHeight * shape.dilationHeight; dy += shape.dilationHeight) {
      if (<u32>(y + dy) >= <u32>shape.inHeight) continue;
      const row = (dz * shape.inHeight + dy) * shape.inWidth;
      for (let dx = 0; dx < shape.kernelWidth * shape.dilationWidth; dx += shape.dilationWidth) {
        if (<u32>(x + dx) >= <u32>shape.inWidth) continue;
        store<u32>(end, ((row + dx) * shape.inChannels) << 2);
        end += 4;
      }
    }
  }
  at.end = end;
  return true;
}
