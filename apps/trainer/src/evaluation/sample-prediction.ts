import { basename } from 'node:path';
import type { Sample } from '@kanrecon/dataset';
import { denormalizeParameters, type ParametricSurface } from '@kanrecon/geometry';
import type { ReconstructionComparison } from '@kanrecon/reconstruction';
import type { RefinedImage } from './refined-image.js';

/** One image's prediction beside the truth. */
export interface SamplePrediction {
  sample: Sample;
  /** In units, as the network found them. */
  predicted: Record<string, number>;
  real: Readonly<Record<string, number>>;
  /** Over the image's parameters, on the normalised values. */
  mse: number;
  rmse: number;
  /** How far both surfaces are apart, if that was measured. */
  distances?: ReconstructionComparison;
  /** What refinement made of it, if it was refined. */
  refined?: RefinedImage;
}

/**
 * Pairs predictions with their samples.
 *
 * @param targets normalised [n, k]; @param predicted normalised [n, k]
 * @returns sorted by error, the best first
 */
export function samplePredictions(
  surface: ParametricSurface,
  samples: readonly Sample[],
  targets: Float32Array,
  predicted: Float32Array,
): SamplePrediction[] {
  const width = surface.parameters.length;
  const rows = samples.map((sample, row) => {
    const own = predicted.subarray(row * width, (row + 1) * width);
    const mse = own.reduce((sum, value, i) => sum + (value - targets[row * width + i]!) ** 2, 0) / width;
    return {
      sample,
      predicted: denormalizeParameters(surface, own),
      real: sample.parameters,
      mse,
      rmse: Math.sqrt(mse),
    };
  });
  return rows.sort((a, b) => a.mse - b.mse);
}

/** The study's way to write one prediction down, with the real values beside it; angles in degrees as in its labels. */
export function toStudyJson({ sample, predicted, real, mse, rmse, distances }: SamplePrediction) {
  const degrees = (radians: number) => (radians * 180) / Math.PI;
  const { x, y, z } = sample.cameraAngles;
  return {
    image_file: basename(sample.imagePath),
    predicted,
    real,
    mse,
    rmse,
    ...(distances && { distances }),
    camera_angles: { x_angle: degrees(x), y_angle: degrees(y), z_angle: degrees(z) },
  };
}
