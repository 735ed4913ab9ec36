import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import type { PresetName } from '../presets.js';
import type { SplitCounts } from '../split-counts.js';
import { writeAtomically } from './write-atomically.js';

/** Name of the file at the root of a synthesised data set that says how it was made. */
export const manifestFileName = 'synthesis.json';

/** Everything that a synthesised data set's bytes depend on. */
export interface SynthesisRecipe {
  readonly preset: PresetName;
  readonly seed: number;
  readonly shapes: number;
  readonly viewsPerShape: number;
  /** Pixels. */
  readonly imageSize: number;
  /** Shapes of each split. */
  readonly split: SplitCounts;
  /** Versions of the packages that drew it. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What `synthesis.json` holds. */
export interface SynthesisManifest extends SynthesisRecipe {
  readonly format: 1;
  /** Whether every image has been written. */
  readonly complete: boolean;
}

/** @returns the manifest of a folder, or `undefined` if it has none. @throws DatasetError if it is not one */
export async function readManifest(root: string): Promise<SynthesisManifest | undefined> {
  const path = join(root, manifestFileName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  try {
    const manifest = JSON.parse(text);
    if (manifest.format !== 1) throw new Error(`format ${manifest.format} is not known`);
    return manifest;
  } catch (cause) {
    const message = `it does not say how a data set was made: ${(cause as Error).message}`;
    throw new DatasetError(`unusable ${manifestFileName}`, [{ path, kind: 'unknown-file', message }], { cause });
  }
}

/** Writes the manifest, atomically. */
export function writeManifest(root: string, recipe: SynthesisRecipe, complete: boolean): Promise<void> {
  const manifest: SynthesisManifest = { format: 1, ...recipe, complete };
  return writeAtomically(join(root, manifestFileName), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** In words, what two recipes differ in: `seed is 1, not 2`. Empty when they make the same data set. */
export function recipeDifferences(made: SynthesisRecipe, wanted: SynthesisRecipe): string[] {
  const keys = ['preset', 'seed', 'shapes', 'viewsPerShape', 'imageSize', 'split', 'versions'] as const;
  return keys
    .map((key) => ({ key, made: JSON.stringify(made[key]), wanted: JSON.stringify(wanted[key]) }))
    .filter(({ made, wanted }) => made !== wanted)
    .map(({ key, made, wanted }) => `${key} is ${made}, not ${wanted}`);
}
