import type { BackboneName } from '../src/index.js';

/** One backbone of each family; the others differ from these in numbers of their tables. */
export const families = [
  'squeezeNet11',
  'efficientNetB0',
  'smallCnn',
  'mobileNetV3Small',
] as const satisfies readonly BackboneName[];
