export { type IdentifyFigureOptions, identifyFigure } from './figure/identify-figure.js';
export type { EncodePng } from './figure/move-strips.js';
