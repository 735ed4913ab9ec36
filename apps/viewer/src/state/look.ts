import type { CameraAngles, PatternName, Vector3 } from '@kanrecon/render';
import type { DrawnLight, DrawnView, Scene } from '@kanrecon/scene';

/** How an object is seen and painted where that is not as the estimate has it: by a link, or set by hand. */
export interface Look {
  /** Radians. */
  readonly cameraAngles?: CameraAngles;
  /** Linear RGB. */
  readonly baseColor?: Vector3;
  readonly pattern?: PatternName;
  /** Radians; strengths as the scene has them. */
  readonly light?: DrawnLight;
}

/** What can be seen in another way. */
interface Seen {
  readonly scene: Scene;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
}

/** The same object as it looks otherwise. */
export function withLook<T extends Seen>(object: T, look: Look | undefined): T {
  if (!look) return object;
  const { scene, view, baseColor } = object;
  const { cameraAngles = view.cameraAngles, light = view.light, pattern = scene.pattern } = look;
  return {
    ...object,
    scene: pattern === scene.pattern ? scene : { ...scene, pattern },
    view: { ...view, cameraAngles, light },
    baseColor: look.baseColor ?? baseColor,
  };
}

/** Whether two looks say the same. */
export function sameLook(a: Look | undefined, b: Look | undefined): boolean {
  return spelt(a) === spelt(b);
}

function spelt({ cameraAngles: camera, baseColor, pattern, light }: Look = {}): string {
  const { tilt, azimuth, strength, ambient } = light ?? {};
  return JSON.stringify([camera?.x, camera?.y, camera?.z, baseColor, pattern, tilt, azimuth, strength, ambient]);
}
