import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isReconstructorFile, type Reconstructor } from '@kanrecon/model';
import { saveReconstructor } from '@kanrecon/model/node';
import { CheckpointFileError, readCheckpointFile } from '@kanrecon/training/node';
import { UserError } from '../cli/user-error.js';

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
  const [flag] = given;
  if (flag !== undefined && statSync(file).isFile() && isReconstructorFile(await readFile(file))) {
    throw new UserError(`${file} says itself which network it is and what its images are; leave --${flag} out.`);
  }
  const { reconstructor, named } = await readCheckpointFile(file, {
    ...{ name, stateDict },
    imageSize: given.includes('image-size') ? imageSize : undefined,
  }).catch(inFlags);
  try {
    await saveReconstructor(reconstructor, out);
    const { config, parameterCount } = reconstructor;
    return { name: reconstructor.name, named, config, parameters: parameterCount };
  } finally {
    reconstructor.dispose();
  }
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

/** What is wrong with the file, in the program's words. */
function inFlags(cause: unknown): never {
  if (!(cause instanceof CheckpointFileError)) throw cause;
  throw new UserError(cause.message.replace('the option stateDict', '--state-dict'), { cause });
}
