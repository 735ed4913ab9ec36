import type { FormulaSurfaceDefinition } from './formula-surface-definition.js';
import type { SurfaceParameter } from './surface-parameter.js';

/** An axis-parallel box around a surface; see `surfaceBounds`. */
export interface SurfaceBounds {
  readonly min: readonly [x: number, y: number, z: number];
  readonly max: readonly [x: number, y: number, z: number];
  /**
   * `exact`: the smallest box, up to rounding. `conservative`: contains the surface, perhaps with room to spare. `estimated`: found by
   * sampling, so a narrow spike between the samples may reach beyond it.
   */
  readonly kind: 'exact' | 'conservative' | 'estimated';
}

/** The rectangle of surface coordinates that a surface is defined on. It may depend on the parameters (a height, say). */
export interface SurfaceDomain {
  readonly uMin: number;
  readonly uMax: number;
  readonly vMin: number;
  readonly vMax: number;
}

/**
 * A family of surfaces (u, v) → point, controlled by a few shape parameters. Coordinates are right-handed with z up;
 * lengths are in the object's units, angles in radians.
 */
export interface ParametricSurface {
  /** Identifier, used in configuration and label files: `spiral-cylinder`. */
  readonly name: string;
  /** What it looks like, in a sentence. */
  readonly description?: string;
  /** What `surfaceFromFormulas` made it from, if it did: plain JSON, from which it can be made again. */
  readonly definition?: FormulaSurfaceDefinition;
  /** The parameters, in the order in which every parameter vector holds them. */
  readonly parameters: readonly SurfaceParameter[];
  /** Whether u = uMin and u = uMax are the same curve. */
  readonly closedU: boolean;
  /** Whether v = vMin and v = vMax are the same curve. */
  readonly closedV: boolean;
  /** Whether the curve v = vMin is a single point; no when left out. */
  readonly poleVMin?: boolean;
  /** Whether the curve v = vMax is a single point; no when left out. */
  readonly poleVMax?: boolean;
  /**
   * Number of separate pieces, 1 when left out. The range of u is cut into that many equal parts, each of which is closed in u and
   * not joined to the next: a surface of several parts must have {@link closedU}.
   */
  readonly parts?: number;
  /** The range of u and v for these parameters. */
  domain(parameters: ArrayLike<number>): SurfaceDomain;
  /**
   * Writes the point at (u, v) to `out[offset]`, `out[offset + 1]`, `out[offset + 2]`.
   *
   * @param parameters one value per entry of {@link ParametricSurface.parameters}, in that order
   * @param out receives x, y, z; a plain array, Float32Array or Float64Array
   * @param offset index of x in `out`, 0 when left out
   */
  position(u: number, v: number, parameters: ArrayLike<number>, out: WritableVector, offset?: number): void;
  /**
   * Writes the unit normal at (u, v), pointing to the side from which ∂/∂u → ∂/∂v turns anticlockwise. Optional: a surface
   * without it gets normals by central differences (see `surfaceNormal`).
   */
  normal?(u: number, v: number, parameters: ArrayLike<number>, out: WritableVector, offset?: number): void;
  /**
   * Writes the points, and if asked for the unit normals, of a whole grid: what `position` and `normal` give at (us[i], vs[j]) goes
   * to index 3 · (i · vs.length + j). Optional: for surfaces where a grid needs far fewer sines than its points one by one.
   */
  grid?(
    us: Float64Array,
    vs: Float64Array,
    parameters: ArrayLike<number>,
    positions: WritableVector,
    normals?: WritableVector,
  ): void;
  /** A box around the surface. Optional: see `surfaceBounds`. */
  bounds?(parameters: ArrayLike<number>): SurfaceBounds;
  /** The exact area in square units, where there is a formula. Optional: see `surfaceArea`. */
  area?(parameters: ArrayLike<number>): number;
}

/** Anything numbers can be written into by index. */
export interface WritableVector {
  readonly length: number;
  [index: number]: number;
}

/** Parameter values by name: `{ radius: 1, height: 2, … }`. */
export type ParameterRecord = Readonly<Record<string, number>>;
