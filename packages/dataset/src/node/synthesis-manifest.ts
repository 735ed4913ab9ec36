import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import { loadScene, type Scene } from '@kanrecon/scene';
import { DatasetError } from '../dataset-error.js';
import { parseManifest, type SynthesisManifest, type SynthesisSettings } from './manifest-schema.js';
import { upgradeManifest } from './upgrade-manifest.js';

/** Name of the file at the root of a synthesised data set that says how it was made. */
export const manifestFileName = 'synthesis.json';

const newestFormat = 3;

/**
 * @returns the manifest of a folder, or `undefined` if it has none
 * @throws DatasetError if it is not one, or of a newer format
 */
export async function readManifest(root: string): Promise<SynthesisManifest | undefined> {
  const path = join(root, manifestFileName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  let manifest: { readonly format: number };
  try {
    manifest = JSON.parse(text);
    if (
      typeof manifest !== 'object' ||
      manifest === null ||
      !Number.isInteger(manifest.format) ||
      manifest.format < 1
    ) {
      throw new Error(`format ${JSON.stringify(manifest?.format)} is not known`);
    }
  } catch (cause) {
    throw unusable(root, `it does not say how a data set was made: ${(cause as Error).message}`, cause);
  }
  if (manifest.format > newestFormat) {
    const message = `it is of format ${manifest.format}, and this version of @kanrecon/dataset knows formats up to ${newestFormat}; update it`;
    throw unusable(root, message, new NewerFormat(message));
  }
  const parsed = parseManifest(upgradeManifest(manifest));
  if (typeof parsed === 'string') throw unusable(root, `it does not say how a data set was made: ${parsed}`);
  return parsed;
}

class NewerFormat extends Error {}

/** Whether {@link readManifest} failed because another version of this package wrote the file. */
export function isNewerFormat(error: Error): boolean {
  return error.cause instanceof NewerFormat;
}

/** The scene that a folder was drawn with. @throws DatasetError if it is not known or cannot be used */
export async function manifestScene(root: string, manifest: SynthesisManifest): Promise<Scene> {
  try {
    return await loadScene(manifest.scene);
  } catch (cause) {
    throw unusable(root, `it names something that cannot be used: ${(cause as Error).message}`, cause);
  }
}

function unusable(root: string, message: string, cause?: unknown): DatasetError {
  const path = join(root, manifestFileName);
  return new DatasetError(`unusable ${manifestFileName}`, [{ path, kind: 'unknown-file', message }], { cause });
}

/** Writes the manifest, atomically. */
export function writeManifest(root: string, settings: SynthesisSettings, complete: boolean): Promise<void> {
  const manifest: SynthesisManifest = { format: newestFormat, ...settings, complete };
  return writeAtomically(join(root, manifestFileName), `${JSON.stringify(manifest, null, 2)}\n`, { durable: true });
}

/** In words, what two sets of settings differ in: `seed is 1, not 2`. Empty when they make the same data set. */
export function settingsDifferences(made: SynthesisSettings, wanted: SynthesisSettings): string[] {
  const keys = [
    'scene',
    'surface',
    'changes',
    'seed',
    'shapes',
    'viewsPerShape',
    'imageSize',
    'split',
    'renderer',
    'versions',
  ] as const;
  return keys
    .map((key) => ({ key, made: show(key, flat(made)[key]), wanted: show(key, flat(wanted)[key]) }))
    .filter(({ made, wanted }) => made !== wanted)
    .map(({ key, made, wanted }) => `${key} is ${made}, not ${wanted}`);
}

function flat({ scene: { name: scene, surface, changes }, ...rest }: SynthesisSettings) {
  return { scene, surface, changes, ...rest };
}

function show(key: string, value: unknown): string {
  return JSON.stringify(value) ?? (key === 'renderer' ? 'our own' : "the scene's own");
}
