import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { checkOptions } from '@kanrecon/geometry';
import { withoutCaller } from '@kanrecon/image';
import {
  fromSafetensors,
  importCheckpoint,
  isReconstructorFile,
  modelByName,
  type Reconstructor,
  WeightFileError,
} from '@kanrecon/model';
import { sceneByName, sceneToJson } from '@kanrecon/scene';
import { networkNameOfFile } from './network-name-of-file.js';

/** What weights do not tell; of a file that `toSafetensors` of `@kanrecon/model` made all of it is told. */
export interface CheckpointFileOptions {
  /** The network's name by the study's rule, for its dropout; that in the file's name when left out. */
  readonly name?: string | undefined;
  /** Side of its images in pixels; the study's 224 when left out. */
  readonly imageSize?: number | undefined;
  /** Which of the checkpoint's state dicts; the only one, or that under a usual name, when left out. */
  readonly stateDict?: string | undefined;
}

/** A network from one file of weights. */
export interface CheckpointFile {
  readonly reconstructor: Reconstructor;
  /** Whether dropout and LOCK are known. */
  readonly named: boolean;
}

/** Weights that other programs write, PyTorch above all. */
const endings = /\.(?:pt|pth|safetensors)$/i;

/** Whether a file is there that is called as one of weights is. */
export function isCheckpointFile(path: string): boolean {
  return endings.test(path) && Boolean(statSync(path, { throwIfNoEntry: false })?.isFile());
}

/**
 * A network that the study's Python code trained, from its checkpoint (`.pt`, `.pth`, `.safetensors`); it carries the study's scene, so that what
 * it finds can be drawn. Or one from a file of `toSafetensors`, which says itself what it is. A TensorFlow.js backend must be there.
 *
 * @param options for the study's checkpoints alone
 * @throws CheckpointFileError if the file is no such checkpoint, or says by itself what an option says; an error of the file system
 */
export async function readCheckpointFile(path: string, options: CheckpointFileOptions = {}): Promise<CheckpointFile> {
  checkOptions('readCheckpointFile', options, { name: 1, imageSize: 1, stateDict: 1 });
  const { name, imageSize, stateDict } = options;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CheckpointFileError(`${path}: this is a folder; expected a file of weights (.pt, .pth, .safetensors)`);
  }
  const bytes = await readFile(path);
  try {
    if (isReconstructorFile(bytes)) {
      const [said] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
      if (said !== undefined) throw new RangeError(`it says itself what the option ${said} would say; leave that out`);
      return { reconstructor: fromSafetensors(bytes), named: true };
    }
    const known = name ?? networkNameOfFile(path, modelByName);
    const scene = sceneByName('study');
    const reconstructor = importCheckpoint(bytes, {
      targets: scene.surface.parameters.map(({ name: one, min, max, unit }) => ({
        ...{ name: one, min, max },
        ...(unit && { unit }),
      })),
      card: { scene: JSON.parse(JSON.stringify(sceneToJson(scene))) },
      ...(imageSize !== undefined && { imageSize }),
      ...(known !== undefined && { name: known }),
      ...(stateDict !== undefined && { stateDict }),
    });
    return { reconstructor, named: known !== undefined };
  } catch (cause) {
    // Mismatches of weights are range errors too.
    if (!(cause instanceof WeightFileError || cause instanceof RangeError)) throw cause;
    throw new CheckpointFileError(`${path}: ${withoutCaller(cause.message)}`, { cause });
  }
}

/** A file of weights that no network can be made of. */
export class CheckpointFileError extends Error {
  override readonly name = 'CheckpointFileError';
}
