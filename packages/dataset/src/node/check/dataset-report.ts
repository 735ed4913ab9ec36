import type { DatasetProblem } from '../../dataset-error.js';
import type { Sample, Split } from '../../sample.js';

/**
 * What a check finds beyond single files:
 *
 * - `contradicted-label`: the object's outline in the image is not that of the label, or the label is not what `synthesis.json` draws
 * - `altered-image`: the outline fits, but a part of the image is not as the label's object looks; of an image that our renderer drew,
 *   anything that differs
 * - `same-shape`: two splits have a shape with the same parameters, under different numbers
 * - `same-image`: two splits have an image with the same pixels
 * - `similar-image`: two splits have images that hardly differ
 */
export const findingKinds = [
  'contradicted-label',
  'altered-image',
  'same-shape',
  'same-image',
  'similar-image',
] as const;

/** One of {@link findingKinds}. */
export type FindingKind = (typeof findingKinds)[number];

/** Something that is wrong with a sample, or with two together. */
export interface DatasetFinding {
  readonly kind: FindingKind;
  /** Image of the sample. */
  readonly path: string;
  /** Image of the other one, of two. */
  readonly other?: string;
  /** Intersection over union, or a difference in bytes. */
  readonly value?: number;
  /** One sentence for people, without the path. */
  readonly message: string;
}

/** How often the values of a parameter fall into equal parts of its range. */
export interface ParameterHistogram {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Number of shapes (not of images) in each part. */
  readonly bins: Readonly<Record<Split, readonly number[]>>;
}

/** How well an image agrees with its label. */
export interface ComparedSample {
  readonly path: string;
  readonly split: Split;
  readonly shape: number;
  readonly view: number;
  readonly iou: number;
  /** Of an image that `synthesis.json` says Blender rendered: pixels by which the outlines lie apart, on average. */
  readonly apart?: number;
  /**
   * Mean absolute difference in the worst of 8 × 8 parts, bytes. Blender's images are compared with the range between our renderings
   * with all and with none of the ambient light.
   */
  readonly difference: number;
}

/** What `checkDataset` finds. */
export interface DatasetReport {
  readonly root: string;
  /** Name of the surface that the labels are about. */
  readonly surface: string;
  /** Name of the scene that it was rendered with, or that it is taken for. */
  readonly scene?: string;
  readonly counts: Readonly<Record<Split, { readonly images: number; readonly shapes: number }>>;
  readonly histograms: readonly ParameterHistogram[];
  /** Of single files, from the scan and from decoding every image. */
  readonly problems: readonly DatasetProblem[];
  readonly findings: readonly DatasetFinding[];
  /** Every sample that was compared with its label, the worst first. */
  readonly compared: readonly ComparedSample[];
  /** The bounds that were applied. */
  readonly bounds: CheckBounds;
}

/** From where on something is a finding. */
export interface CheckBounds {
  /** Intersection over union of the object in the image and of the label's; below it the label is contradicted. */
  readonly minIou: number;
  /** Mean absolute difference in bytes in the worst of 8 × 8 parts of the image; above it the image was altered. */
  readonly maxDifference: number;
  /**
   * The same two for images that `synthesis.json` says the renderer drew, in the versions that are installed: it draws the very same
   * again, so they only leave room for another processor's rounding.
   */
  readonly minDrawnIou: number;
  readonly maxDrawnDifference: number;
  /**
   * In place of `minIou` for images that `synthesis.json` says Blender rendered: pixels by which the outlines may lie apart, on
   * average. An overlap would ask more of a small object than of a large one.
   */
  readonly maxBlenderApart: number;
  /** Mean absolute difference in bytes of two images at 16 × 16 pixels; below it they are near duplicates. */
  readonly nearDuplicate: number;
}

/** A sample with the path that people know it by. */
export type CheckedSample = Pick<Sample, 'split' | 'shape' | 'view' | 'imagePath' | 'parameters'>;
