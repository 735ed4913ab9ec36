import { createHash } from 'node:crypto';
import { fitImage } from '@kanrecon/image';
import type { RgbImage } from '@kanrecon/render';
import type { SceneJson } from '@kanrecon/scene';
import { loadScene } from '@kanrecon/scene';
import { DatasetError, type DatasetProblem } from '../../dataset-error.js';
import type { Sample } from '../../sample.js';
import { decodeImage } from '../decode-image.js';
import { compareWithLabel, type LabelComparison } from './compare-with-label.js';
import { compareWithPathTraced } from './compare-with-path-traced.js';
import type { SampleOrigin } from './sample-origin.js';

/** Samples to look at. */
export interface CheckTask {
  readonly samples: readonly (Sample & { readonly origin: SampleOrigin })[];
  /** How they were drawn; without it nothing is compared with the labels. */
  readonly scene?: SceneJson;
  readonly seed?: number;
}

/** What was seen of a sample, or why nothing could be. */
export type Inspection =
  | { readonly problem: DatasetProblem }
  | {
      /** SHA-256 of the pixels, made square, and of the image's own width and height. */
      readonly hash: string;
      /** The image at 16 × 16 pixels. */
      readonly thumbnail: Uint8Array;
      readonly comparison?: LabelComparison;
    };

const thumbnailSize = 16;
/** Larger images are compared at this size: the square, masks and renderings take some 110 bytes a pixel. */
const largestSide = 2048;
/** Likewise for images that were drawn here, which are compared byte for byte: the program draws none that is larger. */
const largestDrawn = 4096;

/** Decodes images, and compares each with what the renderer draws from its label. Runs in a worker thread. */
export async function inspectSamples({ samples, scene: json, seed }: CheckTask): Promise<Inspection[]> {
  const scene = json && (await loadScene(json));
  const found: Inspection[] = [];
  for (const sample of samples) {
    try {
      const { width, height, ...decoded } = await decodeImage(sample.imagePath);
      const exact = sample.origin === 'drawn' && width === height;
      const side = Math.min(exact ? largestDrawn : largestSide, Math.max(width, height));
      const image = { width: side, height: side, data: fitImage({ width, height, ...decoded }, side) };
      const hash = createHash('sha256').update(`${width} ${height} `).update(image.data).digest('hex');
      const comparison =
        scene &&
        (sample.origin === 'blender'
          ? compareWithPathTraced(image, sample, scene, seed!)
          : compareWithLabel(image, sample, scene, seed, sample.origin === 'drawn'));
      found.push({ hash, thumbnail: thumbnailOf(image), ...(comparison && { comparison }) });
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      found.push({ problem: error.problems[0] });
    }
  }
  return found;
}

/** Means over 16 × 16 parts; the parts of sizes that 16 does not divide differ by a pixel. */
function thumbnailOf({ width, data }: RgbImage): Uint8Array {
  const out = new Uint8Array(thumbnailSize * thumbnailSize * 3);
  const edge = (part: number) => Math.floor((part * width) / thumbnailSize);
  for (let row = 0, at = 0; row < thumbnailSize; row++) {
    const [top, bottom] = [edge(row), Math.max(edge(row) + 1, edge(row + 1))];
    for (let column = 0; column < thumbnailSize; column++, at += 3) {
      const [left, right] = [edge(column), Math.max(edge(column) + 1, edge(column + 1))];
      const sum = [0, 0, 0];
      for (let y = top; y < bottom; y++) {
        for (let i = (y * width + left) * 3; i < (y * width + right) * 3; i += 3) {
          for (let c = 0; c < 3; c++) sum[c] += data[i + c];
        }
      }
      const pixels = (bottom - top) * (right - left);
      for (let c = 0; c < 3; c++) out[at + c] = Math.round(sum[c] / pixels);
    }
  }
  return out;
}
