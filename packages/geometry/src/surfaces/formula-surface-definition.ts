import type { SurfaceParameter } from './surface-parameter.js';

/** A number, or a formula for one. */
export type Formula = string | number;

/** A surface as a configuration file holds it: plain JSON, all functions as formulas. See `surfaceFromFormulas`. */
export interface FormulaSurfaceDefinition {
  /** Lower-case words joined by hyphens: `my-vase`. */
  readonly name: string;
  readonly description?: string;
  /** In the order of every parameter vector. `label` is the name and `unit` empty when left out. */
  readonly parameters: readonly (Pick<SurfaceParameter, 'name' | 'min' | 'max'> & Partial<SurfaceParameter>)[];
  /** Ends of the ranges of u and v; formulas of the parameters. */
  readonly domain: {
    readonly u: readonly [min: Formula, max: Formula];
    readonly v: readonly [min: Formula, max: Formula];
  };
  /** Names for intermediate results, formulas of u, v, the parameters and the names before them. */
  readonly let?: Readonly<Record<string, Formula>>;
  /** The point: formulas of u, v, the parameters and the names of `let`. */
  readonly x: Formula;
  readonly y: Formula;
  readonly z: Formula;
  readonly closedU?: boolean;
  readonly closedV?: boolean;
  readonly poleVMin?: boolean;
  readonly poleVMax?: boolean;
}
