import {
  type CameraAngleName,
  type CameraTarget,
  cameraAngleNames,
  cameraDifference,
  foundCamera,
} from '@kanrecon/scene';

/** How well a network finds the camera; angles in degrees. What images do not show counts for nothing. */
export interface CameraScores {
  /** The median error of each angle that is predicted, up to what looks the same. */
  readonly medianDegrees: Readonly<Partial<Record<CameraAngleName, number>>>;
  /** The angle of the rotation between the real and the found orientation: median, and that which 90 % stay within. */
  readonly rotation: { readonly medianDegrees: number; readonly p90Degrees: number };
}

/**
 * Scores the camera that a network finds.
 *
 * @param targets of the camera, in the order of the columns
 * @param real normalised [n, k]
 * @param predictions normalised [n, k]
 * @returns undefined if nothing of the camera is predicted, or there is no image
 */
export function scoreCamera(
  targets: readonly CameraTarget[],
  real: Float32Array,
  predictions: Float32Array,
): CameraScores | undefined {
  const width = targets.length;
  if (width === 0 || real.length === 0) return undefined;
  const differences = Array.from({ length: real.length / width }, (_, row) => {
    const camera = (values: Float32Array) => foundCamera(targets, values.subarray(row * width, (row + 1) * width));
    // An angle that is not predicted is free: whatever is real of it.
    return cameraDifference({ x: 0, y: 0, z: 0, ...camera(real).angles }, camera(predictions));
  });
  const medians = cameraAngleNames.flatMap((name) => {
    const errors = differences.flatMap(({ angles }) => angles[name] ?? []);
    return errors.length > 0 ? [[name, degrees(quantile(errors, 0.5))]] : [];
  });
  const rotations = differences.map(({ rotation }) => rotation);
  return {
    medianDegrees: Object.fromEntries(medians),
    rotation: { medianDegrees: degrees(quantile(rotations, 0.5)), p90Degrees: degrees(quantile(rotations, 0.9)) },
  };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

/** Between the two nearest values in proportion, as NumPy's `quantile`. */
function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  return sorted[below]! + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - sorted[below]!);
}
