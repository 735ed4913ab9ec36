import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type FromArtifactsOptions, fromArtifacts, type LoadedReconstructor } from './from-artifacts.js';
import type { ModelJson, ReconstructorManifest } from './reconstructor-artifacts.js';
import { PREVIOUS_SUFFIX } from './save-reconstructor.js';

/**
 * Reads a folder written by `saveReconstructor`.
 *
 * @throws one sentence with the path if a file is missing, damaged, truncated or of another version; `cause` has the details
 */
export async function loadReconstructor(
  directory: string,
  options: FromArtifactsOptions = {},
): Promise<LoadedReconstructor> {
  const folder = await existingFolder(resolve(directory));
  const manifest = await readJson<ReconstructorManifest>(join(folder, 'config.json'));
  const model = await readJson<ModelJson>(join(folder, 'model.json'));
  if (typeof model.modelTopology !== 'object' || !Array.isArray(model.weightsManifest)) {
    throw new Error(
      `loadReconstructor: ${join(folder, 'model.json')} is damaged: it holds no TensorFlow.js layers model; expected modelTopology and weightsManifest, got ${Object.keys(model).join(', ')}`,
    );
  }
  const weights = await readBytes(join(folder, 'weights.bin'));
  const optimizer = manifest.optimizer && (await readBytes(join(folder, 'optimizer.bin')));
  try {
    return await fromArtifacts({ manifest, model, weights, optimizer }, options);
  } catch (error) {
    throw new Error(`loadReconstructor: ${folder} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

/** The folder, or the previous save if a later one was cut off between its two renames. */
async function existingFolder(folder: string): Promise<string> {
  for (const candidate of [folder, folder + PREVIOUS_SUFFIX]) {
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isDirectory()) return candidate;
  }
  throw new Error(
    `loadReconstructor: no such folder; expected one with config.json, model.json and weights.bin, got ${folder}`,
  );
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    throw new Error(`loadReconstructor: ${path} is missing or cannot be read`, { cause });
  }
}

async function readJson<T extends object>(path: string): Promise<T> {
  const text = new TextDecoder().decode(await readBytes(path));
  try {
    const value = JSON.parse(text) as T;
    if (typeof value !== 'object' || value === null) throw new Error('not an object');
    return value;
  } catch (cause) {
    throw new Error(`loadReconstructor: ${path} is damaged or truncated: it is not valid JSON`, { cause });
  }
}
