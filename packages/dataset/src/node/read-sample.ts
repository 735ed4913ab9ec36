import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParametricSurface } from '@kanrecon/geometry';
import { DatasetError, type DatasetProblem, type ProblemKind } from '../dataset-error.js';
import { parseImageFileName } from '../file-names.js';
import type { Label } from '../label.js';
import { parseLabel } from '../parse-label.js';
import type { Sample } from '../sample.js';
import type { ListedLabel } from './list-split.js';

/** Reads a label and finds its image among the split's. */
export async function readSample(listed: ListedLabel, surface: ParametricSurface): Promise<Sample | DatasetProblem> {
  const { split, shape, view, labelPath, imageFolder, imageNames } = listed;
  const problem = (kind: ProblemKind, message: string): DatasetProblem => ({ path: labelPath, kind, message });
  let label: Label;
  try {
    label = parseLabel(await readFile(labelPath, 'utf8'), labelPath, surface);
  } catch (error) {
    if (error instanceof DatasetError) return error.problems[0];
    return problem('unreadable-label', `the label cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const { parameters, cameraAngles, imageFile, baseColor } = label;
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
