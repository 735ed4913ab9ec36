import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { withoutCaller } from '@kanrecon/image';
import {
  fromSafetensors,
  importCheckpoint,
  isReconstructorFile,
  modelByName,
  type Reconstructor,
  WeightFileError,
} from '@kanrecon/model';
import { saveReconstructor } from '@kanrecon/model/node';
import { sceneByName, sceneToJson } from '@kanrecon/scene';
import { UserError } from '../cli/user-error.js';
import { networkNameOfFile } from './network-name-of-file.js';

/** What is imported, and into which folder. */
export interface ImportNetworkOptions {
  readonly file: string;
  readonly out: string;
  /** The network's name; that in the file's name when left out. */
  readonly name: string | undefined;
  readonly imageSize: number;
  /** Which of the checkpoint's state dicts; the only one, or that under a usual name, when left out. */
  readonly stateDict: string | undefined;
  /** The flags among these that were given: a file that tells of all of it by itself takes none. */
  readonly given: readonly string[];
}

/** What came of it. */
export interface ImportedNetwork {
  readonly name: string;
  /** Whether dropout and LOCK are known, which weights do not tell. */
  readonly named: boolean;
  readonly config: Reconstructor['config'];
  readonly parameters: Reconstructor['parameterCount'];
}

/**
 * Makes a model's folder of a checkpoint that the study's Python code wrote; it carries the study's scene, so that what it finds can be
 * drawn. Or of a file that `kanrecon export` wrote, which says itself what it is. A TensorFlow.js backend must be there.
 *
 * @throws UserError for a file that is no such checkpoint, or a folder that holds other things
 */
export async function importNetwork({
  file,
  out,
  name,
  imageSize,
  stateDict,
  given,
}: ImportNetworkOptions): Promise<ImportedNetwork> {
  refuseFilled(out);
  const bytes = await readFile(file);
  const whole = isReconstructorFile(bytes);
  if (whole && given.length > 0) {
    throw new UserError(`${file} says itself which network it is and what its images are; leave --${given[0]} out.`);
  }
  const reconstructor = asMistake(file, () =>
    whole ? fromSafetensors(bytes) : ofTheStudy(bytes, known(file, name), imageSize, stateDict),
  );
  try {
    await saveReconstructor(reconstructor, out);
    const { config, parameterCount } = reconstructor;
    return {
      name: reconstructor.name,
      named: whole || known(file, name) !== undefined,
      config,
      parameters: parameterCount,
    };
  } finally {
    reconstructor.dispose();
  }
}

function known(file: string, name: string | undefined): string | undefined {
  return name ?? networkNameOfFile(file, modelByName);
}

function ofTheStudy(
  bytes: Uint8Array,
  name: string | undefined,
  imageSize: number,
  stateDict: string | undefined,
): Reconstructor {
  const scene = sceneByName('study');
  return importCheckpoint(bytes, {
    targets: scene.surface.parameters.map(({ name: one, min, max, unit }) => ({
      name: one,
      min,
      max,
      ...(unit && { unit }),
    })),
    card: { scene: JSON.parse(JSON.stringify(sceneToJson(scene))) },
    imageSize,
    ...(name !== undefined && { name }),
    ...(stateDict !== undefined && { stateDict }),
  });
}

/** Where an import goes, nothing is. */
function refuseFilled(out: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(out);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (names.length > 0) {
    throw new UserError(
      `--out ${out} holds ${names.sort()[0]} already; choose a new folder, for example --out models/imported.`,
    );
  }
}

/** Errors that are about what is in the file. */
function asMistake<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    // Mismatches of weights are range errors too.
    if (!(cause instanceof WeightFileError || cause instanceof RangeError)) throw cause;
    throw new UserError(`${file}: ${withoutCaller(cause.message).replace('the option stateDict', '--state-dict')}`, {
      cause,
    });
  }
}
