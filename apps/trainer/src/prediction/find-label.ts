import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { DatasetError, type Label, parseLabel } from '@kanrecon/dataset';
import { fileErrorFacts } from '@kanrecon/files/node';
import type { ParametricSurface } from '@kanrecon/geometry';
import type { MadeHere } from './made-here.js';

/** The label of an image. */
export interface FoundLabel {
  readonly path: string;
  readonly label: Label;
}

/** Where the label of an image may lie: beside it, or in the `labels` folder of the study's layout. */
function labelPlaces(imagePath: string): string[] {
  const folder = dirname(imagePath);
  const name = basename(imagePath, extname(imagePath));
  return [
    join(folder, `param_${name}.json`),
    join(folder, `${name}.json`),
    ...(basename(folder) === 'images' ? [join(dirname(folder), 'labels', `param_${name}.json`)] : []),
  ];
}

/**
 * The first label among the files that might be an image's. Many programs keep a JSON file beside an image: what is no label of ours does
 * not stop anything.
 *
 * @param note told of each that is not used, and why; not of what this program made itself
 */
export async function findLabel(
  imagePath: string,
  surface: ParametricSurface,
  madeHere: MadeHere,
  note: (line: string) => void,
): Promise<FoundLabel | undefined> {
  for (const path of labelPlaces(imagePath)) {
    if (!existsSync(path)) continue;
    try {
      if (await madeHere(path)) continue;
      return { path, label: await readLabel(path, surface) };
    } catch (error) {
      const reason = error instanceof DatasetError ? error.problems[0]?.message : fileErrorFacts(error)?.reason;
      if (reason === undefined) throw error;
      // The first thing that it lacks tells enough.
      note(`${path} is not used as the image's label: ${reason.split('; ')[0]}.`);
    }
  }
  return undefined;
}

/** @throws DatasetError naming the file and what is wrong with it */
export async function readLabel(path: string, surface: ParametricSurface): Promise<Label> {
  return parseLabel(await readFile(path, 'utf8'), path, surface);
}
