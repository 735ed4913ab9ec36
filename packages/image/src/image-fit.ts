/** The filters that images are resized with: Pillow's of the same names. */
export const imageFilters = ['lanczos', 'bicubic', 'bilinear', 'box'] as const;
/** One of {@link imageFilters}. */
export type ImageFilter = (typeof imageFilters)[number];

/** How an image that is not square becomes square; see `fitImage` for the exact rules. */
export const imagePaddings = ['letterbox', 'squash', 'crop'] as const;
/** One of {@link imagePaddings}. */
export type ImagePadding = (typeof imagePaddings)[number];

/** How images are brought to a network's size: plain data, so that a checkpoint can carry it as JSON and every use of it does the same. */
export interface ImageFit {
  readonly filter: ImageFilter;
  /** `letterbox` shows all of the image undistorted, `squash` all of it distorted, `crop` its middle undistorted. */
  readonly padding: ImagePadding;
  /**
   * With `crop`: the shorter side becomes so many pixels, at least the network's size, and the middle is cut out of that, as by
   * torchvision's `Resize(256)` and `CenterCrop(224)`. Left out, the middle square is cut out first and all of it is resized.
   */
  readonly shorterSide?: number;
  /** RGB bytes beside a letterboxed image and behind a transparent one. */
  readonly background: readonly [number, number, number];
}

/** Lanczos, letterboxed on the grey of the study's images. */
export const imageFitDefaults: ImageFit = { filter: 'lanczos', padding: 'letterbox', background: [197, 197, 197] };

/** {@link ImageFit} by name, for checks of options. */
export const imageFitNames: Record<keyof ImageFit, unknown> = { ...imageFitDefaults, shorterSide: undefined };

/**
 * A complete {@link ImageFit} from what was read from JSON; what is left out or undefined has its default.
 *
 * @throws if it is no object, has other keys than an ImageFit, or values that an ImageFit cannot have
 */
export function parseImageFit(value: unknown): ImageFit {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const got = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;
    throw new Error(`parseImageFit: not a description; expected an object with ${keys.join(', ')}, got ${got}`);
  }
  const unknown = Object.keys(value).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    throw new Error(`parseImageFit: unknown key; expected ${keys.join(', ')}, got ${unknown.join(', ')}`);
  }
  return completeImageFit('parseImageFit', value);
}

const keys = Object.keys(imageFitNames);

/** Options with their defaults, checked; `caller` begins the errors. Other keys are left alone. */
export function completeImageFit(caller: string, options: Partial<ImageFit>): ImageFit {
  const {
    filter = imageFitDefaults.filter,
    padding = imageFitDefaults.padding,
    background = imageFitDefaults.background,
    shorterSide,
  } = options;
  checkFilter(caller, filter);
  if (!imagePaddings.includes(padding)) {
    throw new Error(`${caller}: unknown padding; expected ${imagePaddings.join(', ')}, got ${padding}`);
  }
  const isByte = (channel: unknown) =>
    Number.isInteger(channel) && (channel as number) >= 0 && (channel as number) < 256;
  if (!Array.isArray(background) || background.length !== 3 || !background.every(isByte)) {
    const got = Array.isArray(background) ? `[${background.join(', ')}]` : String(background);
    throw new Error(`${caller}: the background is wrong; expected three whole numbers of 0 to 255, got ${got}`);
  }
  if (shorterSide !== undefined) {
    if (padding !== 'crop') {
      throw new Error(
        `${caller}: shorterSide goes with the padding crop; expected none with ${padding}, got ${shorterSide}`,
      );
    }
    if (!Number.isSafeInteger(shorterSide) || shorterSide < 1) {
      throw new Error(
        `${caller}: shorterSide is wrong; expected a positive whole number of pixels, got ${shorterSide}`,
      );
    }
  }
  const fit = { filter, padding, background: [background[0], background[1], background[2]] as const };
  return shorterSide === undefined ? fit : { ...fit, shorterSide };
}

/** @throws if there is no such filter */
export function checkFilter(caller: string, filter: ImageFilter): void {
  if (!imageFilters.includes(filter)) {
    throw new Error(`${caller}: unknown filter; expected ${imageFilters.join(', ')}, got ${filter}`);
  }
}
