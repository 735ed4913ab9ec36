import type { CameraAngles } from '@kanrecon/render';

/** The three parts of a data set, in the order in which they are read. */
export const splits = ['train', 'val', 'test'] as const;

/** One part of a data set. */
export type Split = (typeof splits)[number];

/** One image with what is known about it. */
export interface Sample {
  readonly split: Split;
  /** Number of the shape; all views of one shape have the same parameters and lie in one split. */
  readonly shape: number;
  /** Number of the view, from 0. */
  readonly view: number;
  readonly imagePath: string;
  readonly labelPath: string;
  /** Shape parameters by name, in their units. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Radians; the camera's orientation is Rz·Ry·Rx, world from camera. */
  readonly cameraAngles: CameraAngles;
  /** Linear RGB in [0, 1], when the label tells it (ours do, the study's do not). */
  readonly baseColor?: readonly [number, number, number];
}
