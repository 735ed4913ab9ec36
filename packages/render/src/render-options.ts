import type { OptionNames } from '@kanrecon/geometry';
import { checkImageOut, checkInteger, checkTriple } from './checks.js';
import type { LightOptions } from './light/light.js';
import type { Vector3 } from './vector3.js';

/** Options of every render function. */
export interface RenderOptions extends LightOptions {
  /** Image width and height in pixels, 1 to 8192; 224 when left out. */
  readonly size?: number;
  /** Colour behind the object, bytes; the study's grey (197, 197, 197) when left out. */
  readonly background?: Vector3;
  /** Anti-aliasing: samples² points a pixel decide what is seen, 1 to 8; 3 when left out. */
  readonly samples?: number;
  /** Whether to return the depth of each pixel; false when left out. */
  readonly depth?: boolean;
  /** Receives the image: a Uint8Array of 3 · size². A new one when left out. */
  readonly out?: Uint8Array;
}

/** Defaults of all render functions. */
export const renderDefaults = {
  size: 224,
  background: [197, 197, 197] as Vector3,
  baseColor: [0.5, 0.5, 0.5] as Vector3,
  samples: 3,
  depth: false,
} as const;

/** {@link RenderOptions} by name. */
export const renderOptionNames: OptionNames<RenderOptions> = {
  sun: 1,
  ambient: 1,
  size: 1,
  background: 1,
  samples: 1,
  depth: 1,
  out: 1,
};

/** Checks what all render functions have in common. */
export function checkRenderOptions(caller: string, options: RenderOptions): void {
  const size = options.size ?? renderDefaults.size;
  checkInteger(caller, 'size', size, 1, 8192);
  checkInteger(caller, 'samples', options.samples ?? renderDefaults.samples, 1, 8);
  checkTriple(caller, 'background', options.background ?? renderDefaults.background, 0, 255);
  checkImageOut(caller, options.out, size);
}
