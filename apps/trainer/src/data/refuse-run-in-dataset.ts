import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { splits } from '@kanrecon/dataset';
import { UserError } from '../cli/user-error.js';
import { realPath } from './real-path.js';

/** Where scanDataset looks for train, val and test in the given folder: the last two as in the published data set. */
const rootsInside = ['.', 'dataset_cilindro_spiralato', join('dataset', 'dataset_cilindro_spiralato')];

/**
 * A run among the images would be taken for a part of the data set. The other way round, a data set inside a run folder
 * (as the demo has it), is fine.
 *
 * @throws UserError when the run folder is the data set's, or lies in it; symbolic links are followed
 */
export function refuseRunInDataset(out: string, dataset: string): void {
  const holdsSplit = (root: string) => splits.some((split) => existsSync(join(root, split)));
  const root = rootsInside.map((inside) => join(dataset, inside)).find(holdsSplit) ?? dataset;
  const way = relative(realPath(root), realPath(out));
  if (way.split(/[\\/]/)[0] === '..' || isAbsolute(way)) return;
  const where = way === '' ? 'is the data set' : `lies inside the data set ${dataset}`;
  throw new UserError(`--out ${out} ${where}; choose a run folder outside of it, for example --out runs/first.`);
}
