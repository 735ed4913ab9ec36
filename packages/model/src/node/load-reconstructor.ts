import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CheckpointError, putSoundCopy, unusablePlace } from '../checkpoint/checkpoint-error.js';
import { fromArtifacts, type LoadedReconstructor } from '../checkpoint/from-artifacts.js';
import { fromModelFile } from '../checkpoint/model-file.js';
import type { ModelJson, ReconstructorManifest } from '../checkpoint/reconstructor-artifacts.js';
import { show } from '../checkpoint/show.js';
import { previousSave } from './save-reconstructor.js';

/** Of weights.bin and optimizer.bin: 250 million weights, 60 times EfficientNet-B0's. */
const mostBytes = 1e9;
/** Of config.json and model.json; EfficientNet-B0's has 200,000. */
const mostJsonBytes = 64e6;
/** A folder that is replaced this often while it is read is given up. */
const ATTEMPTS = 20;

/**
 * Reads a folder written by `saveReconstructor`, also while a training goes on and saves to it again: one whole save is read, never
 * parts of two. Or a file that `toModelFile` has made, or another program from such a folder: a zip archive.
 *
 * @throws CheckpointError in one sentence with the path if a file is missing, damaged, truncated or of another version; `cause` has the details
 */
export async function loadReconstructor(place: string): Promise<LoadedReconstructor> {
  const target = resolve(place);
  if ((await stat(target).catch(() => undefined))?.isFile()) return readArchive(target);
  for (let attempt = 1; ; attempt++) {
    const read: ReadSave = { fingerprint: '' };
    try {
      return await readFolder(target, read);
    } catch (error) {
      if (attempt === ATTEMPTS || (await fingerprint(target)) === read.fingerprint) throw error;
    }
  }
}

async function readArchive(path: string): Promise<LoadedReconstructor> {
  const bytes = await readBytes(path);
  try {
    return await fromArtifacts(fromModelFile(bytes));
  } catch (error) {
    throw unusablePlace('loadReconstructor', path, error as CheckpointError);
  }
}

/** Which save has been read from. */
interface ReadSave {
  /** Changes whenever another save takes the folder's place: its configuration holds the checksums of all the rest. Empty before that. */
  fingerprint: string;
}

/** That of the save which is there now. */
async function fingerprint(target: string): Promise<string> {
  const read: ReadSave = { fingerprint: '' };
  await readConfig(target, read).catch(() => {});
  return read.fingerprint;
}

/** Before all others: what is read after it, of another save, does not go with its checksums. */
async function readConfig(target: string, read: ReadSave): Promise<{ folder: string; path: string; text: string }> {
  const folder = await existingFolder(target);
  const path = join(folder, 'config.json');
  const text = await readText(path);
  read.fingerprint = `${folder}\n${text}`;
  return { folder, path, text };
}

async function readFolder(target: string, read: ReadSave): Promise<LoadedReconstructor> {
  const { folder, path, text } = await readConfig(target, read);
  const manifest = parseJson<ReconstructorManifest>(path, text);
  const modelPath = join(folder, 'model.json');
  const model = parseJson<ModelJson>(modelPath, await readText(modelPath));
  const weights = await readBytes(join(folder, 'weights.bin'));
  const optimizer = manifest.optimizer && (await readBytes(join(folder, 'optimizer.bin')));
  try {
    return await fromArtifacts({ manifest, model, weights, ...(optimizer && { optimizer }) });
  } catch (error) {
    throw unusablePlace('loadReconstructor', folder, error as CheckpointError);
  }
}

/** The folder, or the previous save if a later one was cut off between its two renames. */
async function existingFolder(folder: string): Promise<string> {
  for (const candidate of [folder, previousSave(folder)]) {
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isDirectory()) return candidate;
  }
  throw new CheckpointError(
    `loadReconstructor: no such folder; expected one with config.json, model.json and weights.bin, got ${folder}`,
    { code: 'missing' },
  );
}

async function readBytes(path: string, most = mostBytes): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined);
  if (found && found.size > most) {
    throw new CheckpointError(
      `loadReconstructor: ${path} is too large for a file of a network; expected at most ${most} bytes, got ${found.size}`,
    );
  }
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    const message = `loadReconstructor: ${path} is missing or cannot be read${putSoundCopy}`;
    throw new CheckpointError(message, { code: 'missing', cause });
  }
}

async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path, mostJsonBytes));
}

function parseJson<T extends object>(path: string, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CheckpointError(
      `loadReconstructor: ${path} is damaged or truncated: it is not valid JSON${putSoundCopy}`,
      { cause },
    );
  }
  if (typeof value === 'object' && value !== null) return value as T;
  throw new CheckpointError(
    `loadReconstructor: ${path} is no file of a model; expected an object, got ${show(value)}${putSoundCopy}`,
    { code: 'not-a-model' },
  );
}
