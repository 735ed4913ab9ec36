import { DatasetError, parseImageFileName, parseLabelFileName } from '@kanrecon/dataset';
import { manifestFileName } from '@kanrecon/dataset/node';
import { isLitter } from '@kanrecon/files/node';
import { refusedEntry } from '../archive/archive-error.js';
import type { ArchiveEntry } from '../archive/archive-reader.js';
import { normalizedPath } from './entry-path.js';

/** Which entries of an archive belong to the data set, and where they go. */
export interface ArchiveLayout {
  /** Folder in the archive that holds train, val and test; empty for the top. */
  readonly root: string;
  /** Path below the new data set's folder, by the entry's index, in the archive's order. */
  readonly targets: ReadonlyMap<number, string>;
  readonly taken: ReadonlyMap<number, ArchiveEntry>;
  /** Paths of files that do not belong to a data set. */
  readonly leftOut: readonly string[];
}

const placePattern = /^(?:(.*)\/)?(train|val|test)\/(images|labels)\/([^/]+)$/;
const documentPattern = /^(?:README|LICEN[CS]E)(?:[._-][\w.-]{1,40})?$/i;

/**
 * Finds the data set in an archive by the names of its files, wherever in the archive it lies. Taken are images and labels under
 * their places, README and licence files of its folder or those above it, and `synthesis.json`.
 *
 * @throws DatasetError if there is none, or more than one
 */
export function findLayout(archive: string, entries: readonly ArchiveEntry[]): ArchiveLayout {
  const files = entries
    .filter(({ kind }) => kind === 'file')
    .map((entry) => ({ entry, path: normalizedPath(entry.path) }))
    .filter(({ path }) => !path.split('/').some(isLitter));
  const places = files.map(({ path }) => place(path));
  const roots = new Set(places.flatMap((found) => (found ? [found.root] : [])));
  if (roots.size === 0) {
    throw new DatasetError(
      `importDataset: ${archive} holds no data set; expected images train/images/3DfORMULA_<shape>_vers<view>.png and labels train/labels/param_3DfORMULA_<shape>_vers<view>.json, in any folder`,
    );
  }
  if (roots.size > 1) {
    const names = [...roots].slice(0, 3).map((root) => `"${root}"`);
    throw new DatasetError(
      `importDataset: ${archive} holds ${roots.size} data sets, in ${names.join(', ')}; expected one`,
    );
  }
  return arrange(archive, [...roots][0], files, places);
}

interface ListedFile {
  readonly entry: ArchiveEntry;
  readonly path: string;
}

function arrange(
  archive: string,
  root: string,
  files: readonly ListedFile[],
  places: readonly (Place | undefined)[],
): ArchiveLayout {
  const documents = documentTargets(root, files);
  const targets = new Map<number, string>();
  const taken = new Map<number, ArchiveEntry>();
  const leftOut: string[] = [];
  const seen = new Map<string, string>();
  files.forEach(({ entry, path }, i) => {
    const target = places[i]?.target ?? documents.get(entry.index);
    if (target === undefined) {
      leftOut.push(path);
      return;
    }
    const key = target.toLowerCase();
    const other = seen.get(key);
    if (other) throw refusedEntry(archive, entry.path, `it would become the same file as ${other}`);
    seen.set(key, path);
    targets.set(entry.index, target);
    taken.set(entry.index, entry);
  });
  return { root, targets, taken, leftOut };
}

interface Place {
  readonly root: string;
  readonly target: string;
}

/** Where an image or a label lies, when the file is one. */
function place(path: string): Place | undefined {
  const match = placePattern.exec(path);
  if (!match) return undefined;
  const [, root = '', split, kind, name] = match;
  const belongs = kind === 'images' ? parseImageFileName(name) : parseLabelFileName(name);
  return belongs ? { root, target: `${split}/${kind}/${name}` } : undefined;
}

/** README and licence files by index: from the data set's folder, or else from the nearest one above it. */
function documentTargets(root: string, files: readonly ListedFile[]): Map<number, string> {
  const nearest = new Map<string, { index: number; depth: number; name: string }>();
  for (const { entry, path } of files) {
    const cut = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(0, cut));
    const name = path.slice(cut + 1);
    const above = folder === '' || root === folder || root.startsWith(`${folder}/`);
    const belongs = documentPattern.test(name) ? above : name === manifestFileName && folder === root;
    if (!belongs) continue;
    const found = nearest.get(name.toLowerCase());
    if (!found || folder.length > found.depth) {
      nearest.set(name.toLowerCase(), { index: entry.index, depth: folder.length, name });
    }
  }
  return new Map([...nearest.values()].map(({ index, name }) => [index, name]));
}
