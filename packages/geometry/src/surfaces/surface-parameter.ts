/** One shape parameter of a `ParametricSurface`: its name, the range it is drawn from and how to show it to people. */
export interface SurfaceParameter {
  /** Identifier, also the key in label files: `radius`, `wave_amp`. */
  readonly name: string;
  /** Smallest value, in the parameter's unit. */
  readonly min: number;
  /** Largest value, in the parameter's unit. */
  readonly max: number;
  /** Unit for display: `units` for lengths in the object's units, `rad` for angles, `rad/unit` for spatial frequencies. */
  readonly unit: string;
  /** A short name for people: `wave amplitude`. */
  readonly label: string;
  /** What it does, in a sentence. */
  readonly description?: string;
}

/**
 * A row of a parameter table. Declared to do nothing else, so that bundlers leave out the tables of surfaces that nobody uses.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function surfaceParameter(
  name: string,
  min: number,
  max: number,
  unit: string,
  label: string,
  description: string,
): SurfaceParameter {
  return { name, min, max, unit, label, description };
}
