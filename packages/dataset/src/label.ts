import type { CameraAngles } from '@kanrecon/render';

/** What a label file says. */
export interface Label {
  /** Shape parameters by name, in their units. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Radians (the file holds degrees). */
  readonly cameraAngles: CameraAngles;
  /** Base name of the image. */
  readonly imageFile: string;
  /** Linear RGB in [0, 1]; an addition of ours to the study's labels. */
  readonly baseColor?: readonly [number, number, number];
}

export const degreesPerRadian = 180 / Math.PI;
