import { degreesPerRadian, type Label } from './label.js';

/**
 * The text of a label file as the study writes it (JSON, four spaces, angles in degrees), plus `base_color` when known.
 * The inverse of `parseLabel`, up to the rounding of radians to degrees and back.
 *
 * @throws if a number is not finite
 */
export function formatLabel(label: Label): string {
  const { parameters, cameraAngles, imageFile, baseColor } = label;
  const numbers = { ...parameters, ...cameraAngles, ...baseColor };
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) throw new Error(`formatLabel: ${name} must be a finite number, got ${value}`);
  }
  const json = {
    ...parameters,
    camera_angles: {
      x_angle: cameraAngles.x * degreesPerRadian,
      y_angle: cameraAngles.y * degreesPerRadian,
      z_angle: cameraAngles.z * degreesPerRadian,
    },
    image_file: imageFile,
    ...(baseColor && { base_color: baseColor }),
  };
  return `${JSON.stringify(json, null, 4)}\n`;
}
