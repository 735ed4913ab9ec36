export { type FitImageOptions, fitImage, type RgbImage } from './fit-image.js';
