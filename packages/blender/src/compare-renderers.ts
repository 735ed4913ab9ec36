import { availableParallelism } from 'node:os';
import { mapConcurrently } from '@kanrecon/dataset/node';
import { checkOptions } from '@kanrecon/geometry';
import type { RgbImage } from '@kanrecon/render';
import type { Scene } from '@kanrecon/scene';
import { drawShape, drawView, renderView, type SceneName, sceneByName } from '@kanrecon/scene';
import { BlenderPool } from './blender-pool.js';
import { blenderDefaults } from './blender-renderer.js';
import { blenderVersion } from './blender-version.js';
import { compareImages } from './compare-images.js';
import { type BlenderSynthesisOptions, pathSeed, synthesisNames } from './synthesize-with-blender.js';

/** Options of {@link compareRenderers}. */
export interface CompareRenderersOptions {
  /** `study` when left out. */
  readonly scene?: SceneName | Scene;
  /** Number of shapes; 8 when left out. */
  readonly shapes?: number;
  /** Images of each shape; 1 when left out. */
  readonly viewsPerShape?: number;
  /** Width and height in pixels; 128 when left out. */
  readonly imageSize?: number;
  readonly seed?: number;
  readonly blender?: BlenderSynthesisOptions;
  /** Blenders at work; one a processor when left out. */
  readonly workers?: number;
  /** Told of every view with its images, in the order in which they are done. */
  readonly onView?: (view: ComparedView, images: ComparedImages, done: number, total: number) => void;
  /** Kills Blender when aborted. */
  readonly signal?: AbortSignal;
}

/** One view, rendered by both. */
export interface ComparedView {
  readonly shape: number;
  readonly view: number;
  /** Intersection over union of the masks. */
  readonly maskIoU: number;
  /** Mean absolute difference inside the object, of 255, to Blender's picture as a data set gets it. */
  readonly rgbDifference: number;
  /** The same to Blender's picture in our renderer's light: ambient without occlusion, no light that bounces. */
  readonly plainRgbDifference: number;
}

/** A view's pictures. */
export interface ComparedImages {
  readonly ours: RgbImage;
  readonly blender: RgbImage;
  /** Blender's without occlusion and bounces. */
  readonly plain: RgbImage;
}

/** Median and worst of a measure over all views. */
export interface MedianAndWorst {
  readonly median: number;
  readonly worst: number;
}

/** What {@link compareRenderers} found. */
export interface RendererComparison {
  readonly blender: { readonly version: string; readonly engine: 'cycles'; readonly samples: number };
  readonly imageSize: number;
  readonly views: readonly ComparedView[];
  readonly maskIoU: MedianAndWorst;
  readonly rgbDifference: MedianAndWorst;
  readonly plainRgbDifference: MedianAndWorst;
}

const defaults = { scene: 'study', shapes: 8, viewsPerShape: 1, imageSize: 128, seed: 1 } as const;

/**
 * Renders the same views with our renderer and with Blender, effects left out, and says how far they agree. Blender renders each
 * twice: as photo-realistic data, and in the light of our renderer, whose ambient knows no occlusion. The first difference is
 * what Blender adds, the second what is left to blame on either renderer.
 *
 * @throws BlenderError if Blender does not work; `signal.reason` when aborted
 */
export async function compareRenderers(options: CompareRenderersOptions = {}): Promise<RendererComparison> {
  checkOptions('compareRenderers', options, { ...defaults, blender: 1, workers: 1, onView: 1, signal: 1 });
  checkOptions('compareRenderers: blender', options.blender ?? {}, synthesisNames);
  const { shapes, viewsPerShape, imageSize, seed } = { ...defaults, ...options };
  const { scene: given = defaults.scene, onView, signal, workers = availableParallelism() } = options;
  for (const [name, value] of Object.entries({ shapes, viewsPerShape, imageSize, workers })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Error(`compareRenderers: ${name} must be a positive whole number, got ${value}`);
    }
  }
  const scene = typeof given === 'string' ? sceneByName(given) : given;
  const { path = blenderDefaults.path, samples = blenderDefaults.samples } = options.blender ?? {};
  const version = await blenderVersion(path, signal);
  const pool = new BlenderPool({ path, ...(signal && { signal }) }, options.blender?.onStart);
  const total = shapes * viewsPerShape;
  let done = 0;
  const compareShape = async (shape: number): Promise<ComparedView[]> => {
    const drawn = drawShape(scene, seed, shape);
    const blender = await pool.take();
    const compared: ComparedView[] = [];
    for (let view = 0; view < viewsPerShape; view++) {
      const options = { size: imageSize, samples, seed: pathSeed(seed, shape, view), effects: false };
      const drawnView = drawView(scene, seed, shape, view);
      const ours = renderView(scene, drawn, drawnView, { size: imageSize, effects: false });
      const theirs = await blender.render(scene, drawn, drawnView, options);
      const plain = await blender.render(scene, drawn, drawnView, { ...options, occlusion: false });
      const { maskIoU, rgbDifference } = compareImages(ours, theirs);
      const result = {
        shape,
        view,
        maskIoU,
        rgbDifference,
        plainRgbDifference: compareImages(ours, plain).rgbDifference,
      };
      compared.push(result);
      onView?.(result, { ours: ours.image, blender: theirs.image, plain: plain.image }, ++done, total);
    }
    pool.give(blender);
    return compared;
  };
  try {
    const numbers = Array.from({ length: shapes }, (_, shape) => shape);
    const views = (await mapConcurrently(numbers, workers, compareShape, signal)).flat();
    return { blender: { version, engine: 'cycles', samples }, imageSize, views, ...summary(views) };
  } finally {
    await pool.close();
  }
}

function summary(views: readonly ComparedView[]) {
  const of = (key: 'maskIoU' | 'rgbDifference' | 'plainRgbDifference', worst: (...values: number[]) => number) => {
    const values = views.map((view) => view[key]).sort((a, b) => a - b);
    const middle = (values.length - 1) / 2;
    return { median: (values[Math.floor(middle)] + values[Math.ceil(middle)]) / 2, worst: worst(...values) };
  };
  return {
    maskIoU: of('maskIoU', Math.min),
    rgbDifference: of('rgbDifference', Math.max),
    plainRgbDifference: of('plainRgbDifference', Math.max),
  };
}
