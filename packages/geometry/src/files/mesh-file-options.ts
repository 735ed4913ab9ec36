import type { OptionNames } from '../check-options.js';

/** Options of {@link writeObj} and {@link writeGlb}. */
export interface MeshFileOptions {
  /** Name of the object in the file; `mesh` when left out. */
  readonly name?: string;
  /** One colour per vertex: red, green, blue, linear, 0 to 1; length 3 × vertices. Those of vertices that no triangle uses do not matter. */
  readonly colors?: Float32Array;
}

export const meshFileOptionNames: OptionNames<MeshFileOptions> = { name: true, colors: true };
