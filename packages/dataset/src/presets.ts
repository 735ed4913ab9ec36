import { type ParametricSurface, spiralCylinder } from '@kanrecon/geometry';

/** A uniform distribution's range. */
export type Range = readonly [min: number, max: number];

/** How the images of a data set are drawn. Shape parameters are uniform over the surface's own ranges. */
export interface DatasetPreset {
  readonly name: string;
  readonly surface: ParametricSurface;
  /** Ranges of the camera angles, radians. */
  readonly camera: { readonly x: Range; readonly y: Range; readonly z: Range };
  /** Range of each channel of the base colour, linear. One colour a shape. */
  readonly baseColor: Range;
  /** Views of one shape when nothing else is asked for. */
  readonly viewsPerShape: number;
  /** Width and height of the images in pixels when nothing else is asked for. */
  readonly imageSize: number;
}

const degree = Math.PI / 180;

/** Name of a preset. */
export type PresetName = 'study';

const presets: Record<PresetName, DatasetPreset> = {
  study: {
    name: 'study',
    surface: spiralCylinder,
    camera: { x: [30 * degree, 70 * degree], y: [0, 2 * Math.PI], z: [0, 2 * Math.PI] },
    baseColor: [0, 1],
    viewsPerShape: 5,
    imageSize: 618,
  },
};

/** The names that {@link presetByName} knows. */
export const presetNames = Object.keys(presets) as readonly PresetName[];

/**
 * A preset by name. `study`: the data set of "Parametric reconstruction of 3D object with KAN" (DOI 10.5281/zenodo.15819213):
 * spiral cylinders of one colour, camera 30° to 70° from the vertical, any turn, fitted to the object.
 *
 * @throws if there is no such preset
 */
export function presetByName(name: string): DatasetPreset {
  const preset = Object.hasOwn(presets, name) ? presets[name as PresetName] : undefined;
  if (!preset) {
    throw new Error(`presetByName: unknown preset "${name}"; expected one of ${presetNames.join(', ')}`);
  }
  return preset;
}
