import type { CameraAngles } from '@kanrecon/render';

/** A camera as label files have it: degrees. */
export interface CameraAnglesJson {
  x_angle: number;
  y_angle: number;
  z_angle: number;
}

/** @param angles radians */
export function anglesJson({ x, y, z }: CameraAngles, rounded = (value: number) => value): CameraAnglesJson {
  const degrees = (radians: number) => rounded((radians * 180) / Math.PI);
  return { x_angle: degrees(x), y_angle: degrees(y), z_angle: degrees(z) };
}
