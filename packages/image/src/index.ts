export { checkBytes } from './check-bytes.js';
export { checkOptions, type OptionNames } from './check-options.js';
export { type FitImageOptions, fitImage } from './fit-image.js';
export {
  type ImageFilter,
  type ImageFit,
  type ImagePadding,
  imageFilters,
  imageFitDefaults,
  imageFitNames,
  imagePaddings,
  parseImageFit,
} from './image-fit.js';
export { nearestName } from './nearest-name.js';
export { type ResizeImageOptions, resizeImage } from './resize-image.js';
export type { InputImage, RgbImage } from './rgb-image.js';
export { withoutCaller } from './without-caller.js';
