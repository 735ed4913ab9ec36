import { unzipSync, type Zippable, zipSync } from 'fflate';
import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import { modelFilePaths } from './model-file-paths.js';
import type { ModelJson, ReconstructorArtifacts, ReconstructorManifest } from './reconstructor-artifacts.js';

/** Bytes of what an archive unpacks to, at most: as much as a folder's files may have. */
const mostBytes = 1e9;

/** Of what is parsed as JSON, as for a folder's files. */
const mostJsonBytes = 64 * 2 ** 20;

/**
 * A reconstructor as one file: a zip archive of what `saveReconstructor` writes into a folder, so that unpacking it gives such a folder.
 * The same data give the same bytes.
 *
 * @param others further files that lie beside them, by their names, such as a training's log; they are not read with the model
 */
export function toModelFile(
  { manifest, model, weights, optimizer }: ReconstructorArtifacts,
  others: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array {
  const text = (value: unknown, space?: number) => new TextEncoder().encode(JSON.stringify(value, null, space));
  const files: Zippable = {
    ...others,
    'config.json': text(manifest, 2),
    'model.json': text(model),
    // Numbers of a network hardly shrink, and take longest.
    'weights.bin': [weights, { level: 0 }],
    ...(optimizer && { 'optimizer.bin': [optimizer, { level: 0 }] as const }),
  };
  // The first day that an archive can name: when it was made would be another byte each time.
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}

/**
 * The inverse of {@link toModelFile}: what `fromArtifacts` takes, which checks it. The archive may have been made by another program, with
 * the files in a folder; of a whole run its `best` is read.
 *
 * @throws CheckpointError in one sentence if it is no zip archive of a model, is damaged, or unpacks to more than 1 GB
 */
export function fromModelFile(bytes: Uint8Array): ReconstructorArtifacts {
  const sizes = new Map<string, number>();
  const twice = new Set<string>();
  unzip(bytes, ({ name, originalSize }) => {
    if (sizes.has(name)) twice.add(name);
    sizes.set(name, originalSize);
    return false;
  });
  const paths = modelFilePaths([...sizes.keys()]);
  if (!paths) {
    throw new CheckpointError(
      'fromModelFile: there is no model in the archive; expected config.json, model.json and weights.bin in one folder of it',
      { code: 'not-a-model' },
    );
  }
  const wanted = Object.values(paths);
  const doubled = wanted.find((path) => twice.has(path));
  if (doubled !== undefined) {
    throw new CheckpointError(`fromModelFile: the archive holds ${doubled} more than once; expected each file once`);
  }
  const json = [paths['config.json'], paths['model.json']].find((path) => sizes.get(path)! > mostJsonBytes);
  if (json !== undefined) {
    throw new CheckpointError(
      `fromModelFile: ${json} is too large for a file of a network; expected at most ${mostJsonBytes} bytes, got ${sizes.get(json)}`,
    );
  }
  const total = wanted.reduce((sum, path) => sum + sizes.get(path)!, 0);
  if (total > mostBytes) {
    throw new CheckpointError(
      `fromModelFile: the archive is too large for a network; expected files of at most ${mostBytes} bytes, got ${total}`,
    );
  }
  const files = unzip(bytes, ({ name }) => wanted.includes(name));
  const optimizer = paths['optimizer.bin'];
  return {
    manifest: parsed<ReconstructorManifest>('config.json', files[paths['config.json']]!),
    model: parsed<ModelJson>('model.json', files[paths['model.json']]!),
    weights: files[paths['weights.bin']]!,
    ...(optimizer !== undefined && { optimizer: files[optimizer]! }),
  };
}

function unzip(bytes: Uint8Array, filter: (file: { name: string; originalSize: number }) => boolean) {
  try {
    return unzipSync(bytes, { filter });
  } catch (cause) {
    throw new CheckpointError(`fromModelFile: this is no zip archive, or a damaged one${putSoundCopy}`, { cause });
  }
}

function parsed<T extends object>(name: string, bytes: Uint8Array): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new CheckpointError(`fromModelFile: ${name} is damaged: it is not valid JSON${putSoundCopy}`, { cause });
  }
  if (typeof value === 'object' && value !== null) return value as T;
  throw new CheckpointError(`fromModelFile: ${name} is no file of a model; expected an object${putSoundCopy}`, {
    code: 'not-a-model',
  });
}
