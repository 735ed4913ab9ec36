import { checkOptions, type Mesh } from '@kanrecon/geometry';
import { type Camera, studyTanHalfFov } from './camera.js';
import { cameraFromExtents } from './camera-from-extents.js';
import { checkRotation, checkTanHalfFov } from './check-camera.js';

/** Options of {@link fitCamera}. */
export interface FitCameraOptions {
  /** tan(fov/2); 0.36 (the study's lens) when left out. */
  readonly tanHalfFov?: number;
}

const defaults: Required<FitCameraOptions> = { tanHalfFov: studyTanHalfFov };

/**
 * Moves a camera of a given orientation until the object just fits its square frame, as the study does (Blender's "frame
 * selected"): no margin, the tighter axis touches both edges, the other axis is centred.
 *
 * @param object a mesh, whose vertices count that a triangle uses, or vertex positions x, y, z in a row
 * @param rotation world from camera, row-major 3 × 3 (see `cameraRotation`)
 * @throws if there is no vertex or no triangle, a coordinate is not finite, or the rotation does not have nine finite numbers
 */
export function fitCamera(
  object: ArrayLike<number> | Mesh,
  rotation: Float64Array,
  options: FitCameraOptions = {},
): Camera {
  checkOptions('fitCamera', options, defaults);
  const { tanHalfFov: t } = { ...defaults, ...options };
  checkRotation('fitCamera', rotation);
  checkTanHalfFov('fitCamera', t);
  const positions = 'positions' in object ? usedPositions(object) : object;
  if (positions.length === 0 || positions.length % 3 !== 0) {
    throw new Error(`fitCamera: no object to fit to; expected 3 numbers a vertex, got ${positions.length}`);
  }
  const r = rotation;
  let right = Number.NEGATIVE_INFINITY;
  let left = right;
  let top = right;
  let bottom = right;
  for (let k = 0; k < positions.length; k += 3) {
    const px = positions[k];
    const py = positions[k + 1];
    const pz = positions[k + 2];
    const x = r[0] * px + r[3] * py + r[6] * pz;
    const y = r[1] * px + r[4] * py + r[7] * pz;
    const tz = t * (r[2] * px + r[5] * py + r[8] * pz);
    right = Math.max(right, tz + x);
    left = Math.max(left, tz - x);
    top = Math.max(top, tz + y);
    bottom = Math.max(bottom, tz - y);
  }
  // Math.max hands NaN on, so one look at the end finds a bad coordinate anywhere.
  if (!Number.isFinite(right + left + top + bottom)) {
    throw new Error('fitCamera: positions must be finite numbers; got NaN or an infinity');
  }
  return cameraFromExtents([right, left, top, bottom], r, t);
}

function usedPositions({ positions, indices }: Mesh): ArrayLike<number> {
  if (!(indices?.length > 0)) {
    throw new Error(
      'fitCamera: no object to fit to; expected a mesh with a triangle, or its positions, got no triangle',
    );
  }
  const used = new Uint8Array(positions.length / 3);
  for (const index of indices) {
    if (index >= used.length) {
      throw new Error(`fitCamera: index without a vertex; expected less than ${used.length}, got ${index}`);
    }
    used[index] = 1;
  }
  return positions.filter((_, k) => used[Math.floor(k / 3)] === 1);
}
