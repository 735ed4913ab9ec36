import { orientationDistance } from '@kanrecon/identifiability';
import type { CameraAngles } from '@kanrecon/render';
import {
  type CameraAngleName,
  type CameraTarget,
  cameraAngleNames,
  type FoundCamera,
  foundCamera,
  type Scene,
} from '@kanrecon/scene';

/** How well a network finds the camera; angles in degrees. What images do not show counts for nothing. */
export interface CameraScores {
  /**
   * The median error of each angle that is predicted, up to what looks the same. Near y = ±90° errors of x and z may cancel each other: there
   * both turn about one axis.
   */
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
  scene: Scene,
  targets: readonly CameraTarget[],
  real: Float32Array,
  predictions: Float32Array,
): CameraScores | undefined {
  const width = targets.length;
  if (width === 0 || real.length === 0) return undefined;
  const camera = (values: Float32Array, row: number) =>
    foundCamera(targets, values.subarray(row * width, (row + 1) * width));
  const pairs = Array.from({ length: real.length / width }, (_, row) => [camera(real, row), camera(predictions, row)]);
  const medians = cameraAngleNames.flatMap((name) => {
    const errors = pairs.flatMap(([wanted, found]) => angleError(name, wanted!, found!) ?? []);
    return errors.length > 0 ? [[name, degrees(quantile(errors, 0.5))]] : [];
  });
  // Angles that are not predicted do not show, or do not vary: any value will do, the same for both.
  const { x, y, z } = scene.camera;
  const typical = { x: x[0], y: y[0], z: z[0] };
  const rotations = pairs.map(([wanted, found]) =>
    orientationDistance(scene, whole(typical, wanted!), whole(typical, found!)),
  );
  return {
    medianDegrees: Object.fromEntries(medians),
    rotation: { medianDegrees: degrees(quantile(rotations, 0.5)), p90Degrees: degrees(quantile(rotations, 0.9)) },
  };
}

/** Radians, from 0 to π/order. */
function angleError(name: CameraAngleName, wanted: FoundCamera, found: FoundCamera): number | undefined {
  const [a, b] = [wanted.angles[name], found.angles[name]];
  if (a === undefined || b === undefined) return undefined;
  const period = (2 * Math.PI) / (found.orders[name] ?? 1);
  const difference = Math.abs(a - b) % period;
  return Math.min(difference, period - difference);
}

function whole(typical: CameraAngles, { angles }: FoundCamera): CameraAngles {
  return { ...typical, ...angles };
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
