import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParametricSurface } from '@kanrecon/geometry';
import { DatasetError, type DatasetProblem, type ProblemKind } from '../dataset-error.js';
import { parseImageFileName } from '../file-names.js';
import type { Label } from '../label.js';
import { parseLabel } from '../parse-label.js';
import type { Sample } from '../sample.js';
import { explainUnreadable } from './explain-unreadable.js';
import type { ListedLabel } from './list-split.js';

/** By how much of its range a value may lie outside: rounding on the way through single precision or text. */
const rangeTolerance = 1e-6;
/** Bytes; labels have about 500. */
const labelLimit = 2 ** 20;

/** Reads a label, checks that its values lie in the surface's ranges and finds its image among the split's. */
export async function readSample(listed: ListedLabel, surface: ParametricSurface): Promise<Sample | DatasetProblem> {
  const { split, shape, view, labelPath, imageFolder, imageNames } = listed;
  const problem = (kind: ProblemKind, message: string): DatasetProblem => ({ path: labelPath, kind, message });
  let label: Label;
  try {
    const { size } = await stat(labelPath);
    if (size > labelLimit) return problem('unreadable-label', `the label has ${size} bytes, as no label has`);
    label = parseLabel(await readFile(labelPath, 'utf8'), labelPath, surface);
  } catch (error) {
    if (error instanceof DatasetError) return error.problems[0];
    return problem('unreadable-label', `the label cannot be read: ${explainUnreadable(error)}`);
  }
  const { parameters, cameraAngles, imageFile, baseColor } = label;
  const outside = valuesOutside(parameters, surface);
  if (outside.length > 0) return problem('out-of-range', `the label's ${outside.join('; ')}`);
  const named = parseImageFileName(imageFile);
  if (named?.shape !== shape || named.view !== view) {
    return problem(
      'mismatched-image',
      `the label of view ${view} of shape ${shape} names the image ${JSON.stringify(imageFile)}`,
    );
  }
  if (!imageNames.has(imageFile)) return problem('missing-image', `the label's image ${imageFile} is not there`);
  const imagePath = join(imageFolder, imageFile);
  return { split, shape, view, imagePath, labelPath, parameters, cameraAngles, ...(baseColor && { baseColor }) };
}

/** What to say of each value that is not in its parameter's range (a label in other units, a damaged digit). */
function valuesOutside(values: Label['parameters'], surface: ParametricSurface): string[] {
  return surface.parameters.flatMap(({ name, min, max }) => {
    const value = values[name]!;
    const slack = rangeTolerance * (max - min);
    const inside = value >= min - slack && value <= max + slack;
    return inside ? [] : [`"${name}" must be from ${min} to ${max}, got ${value}`];
  });
}
