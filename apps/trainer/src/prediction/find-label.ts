import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { type Label, parseLabel } from '@kanrecon/dataset';
import type { ParametricSurface } from '@kanrecon/geometry';

/**
 * Where the label of an image would lie: beside it, or in the `labels` folder of the study's layout.
 *
 * @returns the first of these that exists
 */
export function findLabel(imagePath: string): string | undefined {
  const folder = dirname(imagePath);
  const name = basename(imagePath, extname(imagePath));
  const places = [
    join(folder, `param_${name}.json`),
    join(folder, `${name}.json`),
    ...(basename(folder) === 'images' ? [join(dirname(folder), 'labels', `param_${name}.json`)] : []),
  ];
  return places.find((place) => existsSync(place));
}

/** @throws DatasetError naming the file and what is wrong with it */
export async function readLabel(path: string, surface: ParametricSurface): Promise<Label> {
  return parseLabel(await readFile(path, 'utf8'), path, surface);
}
