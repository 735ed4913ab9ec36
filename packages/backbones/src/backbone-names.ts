/** What a backbone is called: pure data, so that help texts and flags load no network code. */
export interface BackboneNames {
  /** The name of its function. */
  readonly name: string;
  /** Beginning of a model's name in the study "Parametric reconstruction of 3D object with KAN", or a name of the same kind. */
  readonly studyName: string;
  /** Short, for command lines. */
  readonly flag: string;
}

/** Every backbone's names, the default first. What builds them is in `backbone-by-name.ts`. */
export const backboneTable = [
  { name: 'squeezeNet11', studyName: 'SQUEEZENET', flag: 'squeezenet' },
  { name: 'efficientNetB0', studyName: 'EFFNETB0', flag: 'efficientnet' },
  { name: 'smallCnn', studyName: 'SMALLCNN', flag: 'small' },
] as const satisfies readonly BackboneNames[];

/** The names of this package's backbones. */
export type BackboneName = (typeof backboneTable)[number]['name'];

/** The names that `backboneByName` knows. */
export const backboneNames: readonly BackboneName[] = backboneTable.map(({ name }) => name);
