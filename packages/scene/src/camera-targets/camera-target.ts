import type { CameraAngles } from '@kanrecon/render';

/** A camera angle, about the world's axis of that name. */
export type CameraAngleName = keyof CameraAngles;

/** The angles in their order. */
export const cameraAngleNames: readonly CameraAngleName[] = ['x', 'y', 'z'];

/** What images show of a camera angle: `CameraAngleVisibility` of `@kanrecon/identifiability`. */
export interface ShownCameraAngle {
  readonly angle: CameraAngleName;
  readonly shows: boolean;
  /** Radians. */
  readonly min: number;
  readonly max: number;
  /** Whether the range is a full turn. */
  readonly round: boolean;
  /** Images repeat so often in a full turn; 1 where they do not. */
  readonly order: number;
}

/**
 * A number that a network predicts of the camera: a target like a shape's parameter. Its name says all there is to know: `camera_x` is an
 * angle in radians, `camera_y_cos` and `camera_y_sin` are those of an angle that goes round; `camera_5z_cos` is that of 5z, where images
 * repeat five times in a turn.
 */
export interface CameraTarget {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

/** What a {@link CameraTarget}'s name says. */
export interface CameraNumber {
  readonly angle: CameraAngleName;
  /** The angle itself, or of `order` times the angle. */
  readonly part: 'angle' | 'cos' | 'sin';
  readonly order: number;
}

const pattern = /^camera_([2-9]|[1-9]\d+)?([xyz])(?:_(cos|sin))?$/;
const turn = 2 * Math.PI;

/** What a target's name says of the camera; undefined for one that is not about it. */
export function parseCameraTarget({ name }: Pick<CameraTarget, 'name'>): CameraNumber | undefined {
  const [, order = '1', angle, part = 'angle'] = pattern.exec(name) ?? [];
  if (!angle || (part === 'angle' && order !== '1')) return undefined;
  return { angle: angle as CameraAngleName, part: part as CameraNumber['part'], order: Number(order) };
}

/**
 * The numbers that say what images show of the camera: an angle by itself where its range is narrower than what images repeat after, else
 * its cosine and sine, which have no jump where the turn begins anew. An angle that does not show, or does not vary, has none.
 */
export function cameraTargets(angles: readonly ShownCameraAngle[]): CameraTarget[] {
  return angles.flatMap(({ angle, shows, min, max, round, order }): CameraTarget[] => {
    if (!shows || !(max > min)) return [];
    if (!round && max - min < turn / order) return [{ name: `camera_${angle}`, min, max, unit: 'rad' }];
    const name = `camera_${order === 1 ? '' : order}${angle}`;
    return ['cos', 'sin'].map((part) => ({ name: `${name}_${part}`, min: -1, max: 1 }));
  });
}
