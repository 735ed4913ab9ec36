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
  { name: 'squeezeNet10', studyName: 'SQUEEZENET10', flag: 'squeezenet-1.0' },
  { name: 'efficientNetB1', studyName: 'EFFNETB1', flag: 'efficientnet-b1' },
  { name: 'efficientNetB2', studyName: 'EFFNETB2', flag: 'efficientnet-b2' },
  { name: 'efficientNetB3', studyName: 'EFFNETB3', flag: 'efficientnet-b3' },
  { name: 'efficientNetB4', studyName: 'EFFNETB4', flag: 'efficientnet-b4' },
  { name: 'efficientNetLite0', studyName: 'EFFNETLITE0', flag: 'efficientnet-lite0' },
  { name: 'mobileNetV3Small', studyName: 'MOBILENETV3SMALL', flag: 'mobilenet' },
] as const satisfies readonly BackboneNames[];

/** The names of this package's backbones. */
export type BackboneName = (typeof backboneTable)[number]['name'];

/** The names that `backboneByName` knows. */
export const backboneNames: readonly BackboneName[] = backboneTable.map(({ name }) => name);
