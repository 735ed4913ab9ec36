import { type FitImageOptions, fitImage, type InputImage } from '@kanrecon/image';
import { normalizeImages } from '@kanrecon/model';

/** What is done to a photograph. */
export interface PreprocessingCase {
  readonly filter: 'bilinear' | 'bicubic' | 'lanczos';
  readonly size: number;
  /** Squashed when left out. */
  readonly shorterSide?: number;
}

type Channels = readonly [number, number, number];

/** A network's input of a decoded image: the same code in Node and on the page. @returns [size, size, 3] */
export function preprocess(
  image: InputImage,
  { filter, size, shorterSide }: PreprocessingCase,
  { mean, std }: { mean: Channels; std: Channels },
): Float32Array {
  const fit: FitImageOptions =
    shorterSide === undefined ? { filter, padding: 'squash' } : { filter, padding: 'crop', shorterSide };
  return normalizeImages(fitImage(image, size, fit), { mean, std });
}
