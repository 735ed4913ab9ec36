import type { SurfaceParameter } from '@kanrecon/geometry';
import { noteEndChanges } from './end-changes.js';
import type { ImageDraw } from './image-draws.js';
import { type ImageJacobian, imageJacobian } from './image-jacobian.js';
import { takeTurn } from './take-turn.js';

/** A draw and what has been measured of its image. */
export interface MeasuredDraw extends ImageDraw {
  /** The draw's own image. */
  readonly base: Uint8Array;
  readonly jacobian: ImageJacobian;
}

/** What the rest is concluded from. */
export interface Measurements {
  readonly draws: readonly MeasuredDraw[];
  /** Largest change of any byte by parameter when it goes to an end of its range; see `noteEndChanges`. */
  readonly endChanges: Float64Array;
}

/** How to measure. */
export interface MeasureOptions {
  /** Images are the same if no byte differs by more than this. */
  readonly tolerance: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Renders every draw, differentiates its image and moves its parameters, one by one, to their ends. */
export async function measureDraws(
  parameters: readonly SurfaceParameter[],
  draws: readonly ImageDraw[],
  { tolerance, onProgress, signal }: MeasureOptions,
): Promise<Measurements> {
  const ranges = parameters.map(({ min, max }) => max - min);
  const endChanges = new Float64Array(parameters.length);
  const measured: MeasuredDraw[] = [];
  for (const { at, image } of draws) {
    await takeTurn(signal);
    const base = image(at);
    noteEndChanges({ at, image }, measured.length, base, parameters, tolerance, endChanges);
    const jacobian = imageJacobian(image, at, ranges, measured.at(-1)?.jacobian.levels);
    measured.push({ at, image, base, jacobian });
    onProgress?.(measured.length, draws.length);
  }
  return { draws: measured, endChanges };
}
