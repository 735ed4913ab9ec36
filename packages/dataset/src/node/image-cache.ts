import { closeSync, openSync, readSync } from 'node:fs';
import { normalizeParameters, type ParametricSurface } from '@kanrecon/geometry';
import { checkBytes, type ImageFit } from '@kanrecon/image';
import { DatasetError, type DatasetProblem } from '../dataset-error.js';
import type { Sample } from '../sample.js';

/** What an {@link ImageCache} is opened with. */
export interface ImageCacheContent {
  readonly imageSize: number;
  readonly fit: ImageFit;
  readonly samples: readonly Sample[];
  /** Row of each sample in the data file. */
  readonly rows: Uint32Array;
  readonly dataPath: string;
  readonly problems: readonly DatasetProblem[];
  /** Whose parameters {@link ImageCache.targets} scales unless told otherwise. */
  readonly surface: ParametricSurface;
}

/**
 * Decoded images on disk, read by index. Get one from `openImageCache`.
 *
 * Tried: the whole file in one Uint8Array and positional reads. The operating system keeps the file in memory as it is: a
 * batch of 32 images of 128 pixels takes 0.38 ms by positional reads, 0.24 ms from an array, and a training step hundreds of times
 * that. So nothing is held in memory here.
 */
export class ImageCache {
  /** Width and height in pixels. */
  readonly imageSize: number;
  /** How the images were brought to that size. */
  readonly fit: ImageFit;
  /** The samples that images can be read of, by index. */
  readonly samples: readonly Sample[];
  /** Images that could not be decoded and were left out. */
  readonly problems: readonly DatasetProblem[];
  /** Whose parameters the samples have. */
  readonly surface: ParametricSurface;
  readonly #rows: Uint32Array;
  readonly #path: string;
  #file: number | undefined;

  constructor(content: ImageCacheContent) {
    this.imageSize = content.imageSize;
    this.fit = content.fit;
    this.samples = content.samples;
    this.problems = content.problems;
    this.surface = content.surface;
    this.#rows = content.rows;
    this.#path = content.dataPath;
    this.#file = openSync(content.dataPath, 'r');
  }

  /** Number of samples. */
  get count(): number {
    return this.samples.length;
  }

  /**
   * The images at these indices.
   *
   * @param indices into {@link samples}
   * @param out receives the pixels when given; at least n · size · size · 3 long
   * @returns `out`: [n, size, size, 3], RGB, row-major
   * @throws if an index is out of range, the cache is closed, or its file has been damaged since it was opened
   */
  readBatch(indices: ArrayLike<number>, out?: Uint8Array): Uint8Array {
    if (this.#file === undefined) throw new Error('readBatch: the image cache is closed');
    const rowBytes = this.imageSize * this.imageSize * 3;
    const length = indices.length * rowBytes;
    const target = out ?? new Uint8Array(length);
    checkBytes('readBatch', 'out', target);
    if (target.length < length) {
      throw new Error(`readBatch: out is too short; expected ${length} bytes, got ${target.length}`);
    }
    for (let i = 0; i < indices.length; i++) {
      const row = this.#rows[this.#checked('readBatch', indices[i])];
      const read = readSync(this.#file, target, i * rowBytes, rowBytes, row * rowBytes);
      if (read !== rowBytes) {
        throw new DatasetError(
          `readBatch: the image cache ${this.#path} is shorter than when it was opened; open it again to rebuild it`,
        );
      }
    }
    return target;
  }

  /**
   * Training targets of these indices: shape parameters scaled to [0, 1].
   *
   * @param surface whose ranges and order apply; the cache's own when left out
   * @returns [n, k], k parameters in the surface's order
   */
  targets(indices: ArrayLike<number>, surface: ParametricSurface = this.surface): Float32Array {
    const width = surface.parameters.length;
    const out = new Float32Array(indices.length * width);
    for (let i = 0; i < indices.length; i++) {
      const { parameters } = this.samples[this.#checked('targets', indices[i])];
      normalizeParameters(surface, parameters, out.subarray(i * width, (i + 1) * width));
    }
    return out;
  }

  /** Closes the file. Closing twice is fine. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #checked(caller: string, index: number): number {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) {
      throw new Error(`${caller}: index out of range; expected 0 to ${this.count - 1}, got ${index}`);
    }
    return index;
  }
}
