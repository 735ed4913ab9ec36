import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isLitter } from '@kanrecon/files/node';
import type { DatasetProblem } from '../dataset-error.js';
import { parseImageFileName, parseLabelFileName, type SampleId } from '../file-names.js';
import type { Split } from '../sample.js';

/** A label and the images beside it, not yet read. */
export interface ListedLabel extends SampleId {
  readonly split: Split;
  readonly labelPath: string;
  readonly imageFolder: string;
  /** Names of the split's image files. */
  readonly imageNames: ReadonlySet<string>;
}

/** The files of one split. */
export interface SplitListing {
  readonly split: Split;
  /** Ordered by shape and view. */
  readonly pairs: ListedLabel[];
  readonly problems: DatasetProblem[];
  /** Whatever has a label or an image, each once or twice. */
  readonly present: SampleId[];
}

/** Lists one split's labels and images; reports files that do not belong, and images without a label. */
export async function listSplit(root: string, split: Split): Promise<SplitListing> {
  const folder = join(root, split);
  const problems: DatasetProblem[] = [];
  const unknown = (path: string, expected: string) =>
    problems.push({ path, kind: 'unknown-file', message: `this does not belong to a data set; expected ${expected}` });

  for (const { name } of await entries(folder)) {
    if (name !== 'images' && name !== 'labels') unknown(join(folder, name), 'only the folders images and labels');
  }
  const imageFolder = join(folder, 'images');
  const labelFolder = join(folder, 'labels');
  const images = new Map<string, SampleId>();
  for (const entry of await entries(imageFolder)) {
    const id = (await isReadable(imageFolder, entry)) ? parseImageFileName(entry.name) : undefined;
    if (id) images.set(entry.name, id);
    else unknown(join(imageFolder, entry.name), 'image files named 3DfORMULA_<shape>_vers<view>.png');
  }
  const imageNames = new Set(images.keys());
  const labelled = new Set<string>();
  const pairs: ListedLabel[] = [];
  for (const entry of await entries(labelFolder)) {
    const id = (await isReadable(labelFolder, entry)) ? parseLabelFileName(entry.name) : undefined;
    const labelPath = join(labelFolder, entry.name);
    if (!id) {
      unknown(labelPath, 'label files named param_3DfORMULA_<shape>_vers<view>.json');
      continue;
    }
    labelled.add(key(id));
    pairs.push({ ...id, split, labelPath, imageFolder, imageNames });
  }
  for (const [name, id] of images) {
    if (labelled.has(key(id))) continue;
    problems.push({ path: join(imageFolder, name), kind: 'missing-label', message: 'the image has no label' });
  }
  pairs.sort((a, b) => a.shape - b.shape || a.view - b.view || (a.labelPath < b.labelPath ? -1 : 1));
  return { split, pairs, problems, present: [...pairs, ...images.values()] };
}

/**
 * Whether it is a file or a link to one. Folders are not, and pipes and devices must not be opened: reading them may never end. A
 * link that leads nowhere counts, as reading says best what is wrong with it.
 */
async function isReadable(folder: string, entry: Dirent): Promise<boolean> {
  if (entry.isFile()) return true;
  return stat(join(folder, entry.name)).then(
    (found) => found.isFile(),
    () => !entry.isDirectory(),
  );
}

function key({ shape, view }: SampleId): string {
  return `${shape} ${view}`;
}

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !isLitter(name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
