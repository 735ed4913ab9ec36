import { type CameraAngles, cameraRotation } from '@kanrecon/render';

/**
 * A camera turned about its own axes by a rotation vector: its direction is the axis, its length the angle. Three small numbers near
 * 0, wherever the camera looks; the angles themselves would be two of a kind where `y` is a right angle.
 *
 * @param turn radians, about the camera's x (right), y (up) and z (backwards) axes
 */
export function turnCamera(angles: CameraAngles, turn: readonly [number, number, number]): CameraAngles {
  const angle = Math.hypot(...turn);
  if (angle === 0) return angles;
  return anglesOf(multiply(cameraRotation(angles), axisRotation(turn, angle)));
}

/** The angles of an orientation Rz · Ry · Rx; `z` is 0 where `y` is a right angle and only their sum or difference counts. */
export function anglesOf(r: ArrayLike<number>): CameraAngles {
  const cosine = Math.hypot(r[0]!, r[3]!);
  if (cosine < 1e-9) return { x: Math.atan2(-r[5]!, r[4]!), y: Math.atan2(-r[6]!, cosine), z: 0 };
  return { x: Math.atan2(r[7]!, r[8]!), y: Math.atan2(-r[6]!, cosine), z: Math.atan2(r[3]!, r[0]!) };
}

/** Rodrigues' formula, row-major. */
function axisRotation(turn: readonly [number, number, number], angle: number): Float64Array {
  const [x, y, z] = turn.map((value) => value / angle) as [number, number, number];
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const d = 1 - c;
  return Float64Array.of(
    c + x * x * d,
    x * y * d - z * s,
    x * z * d + y * s,
    y * x * d + z * s,
    c + y * y * d,
    y * z * d - x * s,
    z * x * d - y * s,
    z * y * d + x * s,
    c + z * z * d,
  );
}

function multiply(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const row = 3 * Math.floor(i / 3);
    const column = i % 3;
    return a[row]! * b[column]! + a[row + 1]! * b[3 + column]! + a[row + 2]! * b[6 + column]!;
  });
}
