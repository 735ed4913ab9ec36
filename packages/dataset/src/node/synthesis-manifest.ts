import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import type { Scene, SceneJson } from '@kanrecon/scene';
import { loadScene } from '@kanrecon/scene';
import { DatasetError } from '../dataset-error.js';
import type { SplitCounts } from '../split-counts.js';
import { explainWrongField } from './manifest-fields.js';
import { upgradeManifest } from './upgrade-manifest.js';

/** Name of the file at the root of a synthesised data set that says how it was made. */
export const manifestFileName = 'synthesis.json';

/** Everything that a synthesised data set's bytes depend on. */
export interface SynthesisSettings {
  /** What is drawn. */
  readonly scene: SceneJson;
  readonly seed: number;
  readonly shapes: number;
  readonly viewsPerShape: number;
  /** Pixels. */
  readonly imageSize: number;
  /** Shapes of each split. */
  readonly split: SplitCounts;
  /** What rendered it, if not this project's own renderer. */
  readonly renderer?: RendererSettings;
  /** Versions of the packages that drew it. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The other renderer that a data set was rendered with, and how: so far Blender. */
export interface RendererSettings {
  readonly name: 'blender';
  /** Of Blender: `3.4.1`. */
  readonly version: string;
  readonly engine: 'cycles';
  /** Paths a pixel. */
  readonly samples: number;
}

/** What `synthesis.json` holds. */
export interface SynthesisManifest extends SynthesisSettings {
  /** Earlier versions wrote 1 and 2, see `upgradeManifest`. */
  readonly format: 3;
  /** Whether every image has been written. */
  readonly complete: boolean;
}

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
  let manifest: SynthesisManifest;
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
  const whole = upgradeManifest(manifest) as SynthesisManifest;
  const wrong = explainWrongField(whole);
  if (wrong) throw unusable(root, `it does not say how a data set was made: ${wrong}`);
  return whole;
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
