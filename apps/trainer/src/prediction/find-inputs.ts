import { type Stats, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { UserError } from '../cli/user-error.js';
import type { InputImageFile } from './input-image.js';
import { localPath } from './local-path.js';
import type { MadeHere } from './made-here.js';
import { readPipe } from './read-pipe.js';

/** Endings of the images in a folder that are taken. */
const readable = /\.(?:png|jpe?g|jfif|webp|avif|tiff?|gif|svg)$/i;
/** Endings of images that nobody here can read; in a folder they are told of, not refused. */
const unreadable =
  /\.(?:hei[cf]|bmp|jxl|jp2|j2k|psd|xcf|exr|hdr|dng|nef|nrw|cr2|cr3|arw|sr2|raf|orf|rw2|pef|x3f|3fr|iiq)$/i;

/** What the words of a command line lead to. */
export interface FoundInputs {
  readonly images: readonly InputImageFile[];
  /** Images in folders that cannot be read, by their endings. */
  readonly passedOver: readonly string[];
  /** Words that lead to nothing, and why. */
  readonly failed: readonly { readonly image: string; readonly message: string }[];
  /** Whether a folder was given. */
  readonly folder: boolean;
}

/**
 * Finds the images that words name: files, folders with all that is in them, addresses of files (`file:///…`), pipes and standard input
 * (`-`). An image that is named twice is taken once. What is no file is found out when it is read.
 *
 * @param madeHere images in folders that this program made are results, not inputs
 * @throws UserError for addresses of the network, and for `-` without a pipe
 */
export async function findInputs(words: readonly string[], madeHere: MadeHere): Promise<FoundInputs> {
  const images: InputImageFile[] = [];
  const passedOver: string[] = [];
  const failed: { image: string; message: string }[] = [];
  const seen = new Set<string>();
  let folder = false;
  const add = (image: InputImageFile) => {
    const key = typeof image.source === 'string' ? resolve(image.source) : image.shown;
    if (!seen.has(key)) images.push(image);
    seen.add(key);
  };
  for (const word of words) {
    const path = word === '-' ? '-' : localPath(word, 'images are read from files');
    const found = path === '-' ? undefined : statOf(path);
    if (found?.isDirectory()) {
      folder = true;
      const before = images.length + passedOver.length;
      for (const file of await filesIn(path, madeHere)) {
        if (readable.test(file)) add({ shown: join(path, file), source: join(path, file), name: withoutEnding(file) });
        else if (unreadable.test(file)) passedOver.push(join(path, file));
      }
      if (images.length + passedOver.length === before && seen.size === before) {
        failed.push({
          image: word,
          message: `${word} holds no images; expected PNG, JPEG, WebP, AVIF, TIFF, GIF or SVG files.`,
        });
      }
    } else if (path === '-' || (found && !found.isFile())) {
      if (seen.has(word))
        throw new UserError(`${word} can be given only once: what comes through a pipe can be read once.`);
      add(await fromPipe(word, path));
    } else {
      add({ shown: word, source: path, name: withoutEnding(basename(path)) });
    }
  }
  return { images, passedOver, failed, folder };
}

async function fromPipe(word: string, path: string): Promise<InputImageFile> {
  const name = path === '-' ? 'stdin' : withoutEnding(basename(path));
  return { shown: word, source: await readPipe(path), name };
}

/** Files in a folder and in those below it, in a fixed order, but for hidden ones and those that this program made. */
async function filesIn(root: string, madeHere: MadeHere): Promise<string[]> {
  const files: string[] = [];
  const look = async (below: string) => {
    const entries = await readdir(join(root, below), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const file = join(below, entry.name);
      if (entry.name.startsWith('.')) continue;
      // Links to folders are not followed: they may lead back.
      if (entry.isDirectory()) await look(file);
      else if (entry.isFile() || (entry.isSymbolicLink() && statOf(join(root, file))?.isFile())) {
        if (!(await madeHere(join(root, file)))) files.push(file);
      }
    }
  };
  await look('');
  return files;
}

function withoutEnding(file: string): string {
  return file.slice(0, file.length - extname(file).length);
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
