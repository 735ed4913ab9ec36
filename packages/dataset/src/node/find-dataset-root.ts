import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { splits } from '../sample.js';
import { explainUnreadable } from './explain-unreadable.js';

const publishedFolder = 'dataset_cilindro_spiralato';

/**
 * The folder that holds train, val and test: `dir` itself, or, as in the published data set, the folder
 * `dataset_cilindro_spiralato` in it.
 *
 * @throws DatasetError if there is no such folder, or it cannot be looked into
 */
export async function findDatasetRoot(dir: string, caller: string): Promise<string> {
  const kind = await stat(dir).catch((error: NodeJS.ErrnoException) => error);
  if (kind instanceof Error) {
    const reason =
      kind.code === 'ENOENT'
        ? 'there is no such folder; check the path, or make a data set with "kanrecon synth"'
        : explainUnreadable(kind);
    throw new DatasetError(`${caller}: cannot read the data set ${dir}: ${reason}`, [], { cause: kind });
  }
  if (!kind.isDirectory()) {
    throw new DatasetError(`${caller}: cannot read the data set ${dir}: expected a folder, got a file`);
  }
  for (const root of [dir, join(dir, publishedFolder), join(dir, 'dataset', publishedFolder)]) {
    for (const split of splits) {
      if (await isFolder(join(root, split), caller)) return root;
    }
  }
  throw new DatasetError(
    `${caller}: ${dir} holds no data set; expected at least one of the folders train, val and test, each with images and labels in it`,
  );
}

/**
 * Whether the path is a folder.
 *
 * @throws DatasetError if that cannot be found out: what lies in a folder that must not be read is not missing
 */
export async function isFolder(path: string, caller: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (!(found instanceof Error)) return found.isDirectory();
  if (found.code === 'ENOENT' || found.code === 'ENOTDIR') return false;
  throw new DatasetError(`${caller}: cannot read ${path}: ${explainUnreadable(found)}`, [], { cause: found });
}
