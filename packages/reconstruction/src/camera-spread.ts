import { type CameraTarget, parseCameraTarget } from '@kanrecon/scene';

/**
 * How far the camera angle that a network is least sure of may be off.
 *
 * @param targets the network's; those that are not about the camera are passed over
 * @param normalized its numbers, in the same order
 * @param spread their standard deviations, on the same scale
 * @returns a standard deviation in radians, half a turn at most; undefined without any angle
 */
export function cameraSpread(
  targets: readonly CameraTarget[],
  normalized: ArrayLike<number>,
  spread: ArrayLike<number>,
): number | undefined {
  const parts = targets.flatMap((target, i) => {
    const number = parseCameraTarget(target);
    const width = target.max - target.min;
    return number ? [{ ...number, value: target.min + width * normalized[i]!, off: width * spread[i]! }] : [];
  });
  const spreads = parts.flatMap(({ angle, part, order, value, off }) => {
    if (part === 'angle') return [off];
    const sine = part === 'cos' && parts.find((other) => other.angle === angle && other.part === 'sin');
    if (!sine) return [];
    // Across the direction from 0 to (cos, sin): the angle's own spread is that over its length.
    const length = Math.hypot(value, sine.value);
    const across = Math.hypot(off * sine.value, sine.off * value) / length;
    return [Math.min(Math.PI, length > 0 ? across / length : Infinity) / order];
  });
  return spreads.length > 0 ? Math.min(Math.PI, Math.max(...spreads)) : undefined;
}
