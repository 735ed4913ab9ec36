import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { fileErrorFacts } from '@kanrecon/files/node';
import { UserError } from '../cli/user-error.js';
import { imageFormats } from './image-formats.js';
import type { InputImageFile } from './input-image.js';
import { localPath } from './local-path.js';
import type { MadeHere } from './made-here.js';
import { readPipe } from './read-pipe.js';

/** Endings of the images in a folder that are taken. */
const readable = /\.(?:png|jpe?g|jfif|webp|avif|tiff?|gif|svg)$/i;
/** Endings of images that nobody here can read; in a folder they are told of, not refused. */
const unreadableEnding =
  /\.(?:hei[cf]|bmp|jxl|jp2|j2k|psd|xcf|exr|hdr|dng|nef|nrw|cr2|cr3|arw|sr2|raf|orf|rw2|pef|x3f|3fr|iiq)$/i;

/** Whether a file is called as an image is, be it one that nobody here can read. */
export function isImageName(path: string): boolean {
  return readable.test(path) || unreadableEnding.test(path);
}

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
 * (`-`). An image that is named twice is taken once. What is no file is found out when it is read. A word that leads to nothing that
 * could be read stops no other: it is among `failed`.
 *
 * @param madeHere images in folders that this program made are results, not inputs
 */
export async function findInputs(words: readonly string[], madeHere: MadeHere): Promise<FoundInputs> {
  const found = new Inputs(madeHere);
  for (const word of words) {
    try {
      await found.take(word);
    } catch (error) {
      found.failed.push({ image: word, message: describeUnreadable(word, error) });
    }
  }
  return found;
}

class Inputs implements FoundInputs {
  readonly images: InputImageFile[] = [];
  readonly passedOver: string[] = [];
  readonly failed: { image: string; message: string }[] = [];
  folder = false;
  private readonly seen = new Set<string>();

  constructor(private readonly madeHere: MadeHere) {}

  async take(word: string): Promise<void> {
    if (word === '') throw new UserError("an image's name is empty; give a file, a folder, or - for standard input.");
    const path = word === '-' ? '-' : localPath(word, 'images are read from files');
    const found = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) await this.takeFolder(word, path);
    else if (path === '-' || (found && !found.isFile())) await this.takePipe(word, path);
    else this.add({ shown: word, source: path, name: withoutEnding(basename(path)) });
  }

  private async takeFolder(word: string, path: string): Promise<void> {
    this.folder = true;
    const { files, unreadable } = await filesIn(path, this.madeHere);
    const images = files.filter((file) => readable.test(file));
    const others = files.filter((file) => unreadableEnding.test(file));
    for (const file of images)
      this.add({ shown: join(path, file), source: join(path, file), name: withoutEnding(file) });
    this.passedOver.push(...others.map((file) => join(path, file)));
    this.failed.push(...unreadable);
    if (images.length + others.length + unreadable.length > 0) return;
    throw new UserError(`${word} holds no images; expected ${imageFormats} files.`);
  }

  private async takePipe(word: string, path: string): Promise<void> {
    if (this.seen.has(word)) {
      throw new UserError(`${word} can be given only once: what comes through a pipe can be read once.`);
    }
    // Also where nothing comes of it: what has been read of it is gone.
    this.seen.add(word);
    this.images.push({
      shown: word,
      source: await readPipe(path),
      name: path === '-' ? 'stdin' : withoutEnding(basename(path)),
    });
  }

  private add(image: InputImageFile & { readonly source: string }): void {
    const key = resolve(image.source);
    if (!this.seen.has(key)) this.images.push(image);
    this.seen.add(key);
  }
}

/** Why a word leads to no image, in a sentence. @throws the error if it is another one */
function describeUnreadable(word: string, error: unknown): string {
  if (error instanceof UserError) return error.message;
  const facts = fileErrorFacts(error);
  if (!facts) throw error;
  return `${word}: ${facts.reason ?? `it cannot be read (${facts.code})`}.`;
}

/** What is in a folder. */
interface FolderContent {
  /** Paths in it. */
  readonly files: readonly string[];
  /** Folders in it that cannot be read, and why. */
  readonly unreadable: FoundInputs['failed'];
}

/**
 * Files in a folder and in those below it, in a fixed order, but for hidden ones and those that this program made.
 *
 * @throws an error of the file system if the folder itself cannot be read
 */
async function filesIn(root: string, madeHere: MadeHere): Promise<FolderContent> {
  const files: string[] = [];
  const unreadable: { image: string; message: string }[] = [];
  const look = async (below: string) => {
    const entries = await readdir(join(root, below), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const file = join(below, entry.name);
      if (entry.name.startsWith('.')) continue;
      // Links to folders are not followed: they may lead back.
      if (entry.isDirectory()) {
        await look(file).catch((error) => {
          const image = join(root, file);
          unreadable.push({ image, message: describeUnreadable(image, error) });
        });
      } else if (entry.isFile() || (entry.isSymbolicLink() && isFile(join(root, file)))) {
        if (!(await madeHere(join(root, file)))) files.push(file);
      }
    }
  };
  await look('');
  return { files, unreadable };
}

/** Whether a link leads to a file; one that leads nowhere, or around in circles, does not. */
function isFile(link: string): boolean {
  try {
    return statSync(link).isFile();
  } catch {
    return false;
  }
}

function withoutEnding(file: string): string {
  return file.slice(0, file.length - extname(file).length);
}
