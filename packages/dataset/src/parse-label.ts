import { type ParametricSurface, spiralCylinder } from '@kanrecon/geometry';
import { DatasetError, type ProblemKind } from './dataset-error.js';
import { degreesPerRadian, type Label } from './label.js';

/** Python's `json` module writes these, JSON itself does not know them. */
const pythonNumbers = /(?<=[:,[]\s*)-?(?:NaN|Infinity)(?=\s*[,}\]])/g;

/**
 * Reads the text of one of the study's label files: the shape parameters, `camera_angles` with `x_angle`, `y_angle` and
 * `z_angle` in degrees (radians in the result), `image_file`, of which only the base name counts, and optionally our
 * `base_color`. Further keys are ignored.
 *
 * @param path only for messages
 * @param surface whose parameters the label must hold; the study's spiral cylinder when left out
 * @throws DatasetError with one problem, `unreadable-label` or `invalid-label`
 */
export function parseLabel(text: string, path: string, surface: ParametricSurface = spiralCylinder): Label {
  const fail = (kind: ProblemKind, message: string, cause?: unknown) =>
    new DatasetError(`parseLabel: unusable label`, [{ path, kind, message }], { cause });

  let json: unknown;
  try {
    // Some editors put a byte-order mark before a text, which JSON does not know.
    json = parseJson(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw fail('unreadable-label', `the label is not valid JSON: ${(cause as Error).message}`, cause);
  }
  if (!isRecord(json)) throw fail('invalid-label', `the label must be a JSON object, got ${show(json)}`);

  const wrong: string[] = [];
  const number = (holder: Record<string, unknown>, key: string, name = key): number => {
    const value = holder[key];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    wrong.push(value === undefined ? `"${name}" is missing` : `"${name}" must be a finite number, got ${show(value)}`);
    return Number.NaN;
  };

  const record = json;
  const parameters = Object.fromEntries(surface.parameters.map(({ name }) => [name, number(record, name)]));
  const angles = isRecord(json['camera_angles']) ? json['camera_angles'] : undefined;
  if (!angles) {
    wrong.push(
      `"camera_angles" must be an object with x_angle, y_angle and z_angle, got ${show(json['camera_angles'])}`,
    );
  }
  const radians = (key: string) => (angles ? number(angles, key, `camera_angles.${key}`) / degreesPerRadian : 0);
  const cameraAngles = { x: radians('x_angle'), y: radians('y_angle'), z: radians('z_angle') };

  const file = json['image_file'];
  const imageFile = typeof file === 'string' ? (file.split(/[\\/]/).at(-1) ?? '') : '';
  if (imageFile === '') wrong.push(`"image_file" must name the image, got ${show(file)}`);

  const color = json['base_color'];
  if (color !== undefined && !isColor(color)) {
    wrong.push(`"base_color" must be three finite numbers, got ${show(color)}`);
  }
  if (wrong.length > 0) throw fail('invalid-label', `the label's ${wrong.join('; ')}`);
  return { parameters, cameraAngles, imageFile, ...(isColor(color) && { baseColor: color }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A second look, so that a NaN is reported by its key and not as a syntax error.
    const replaced = text.replace(pythonNumbers, (token) => `"${token}"`);
    if (replaced === text) throw error;
    return JSON.parse(replaced);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isColor(value: unknown): value is [number, number, number] {
  return Array.isArray(value) && value.length === 3 && value.every((part) => Number.isFinite(part));
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' && /^-?(NaN|Infinity)$/.test(value) ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
