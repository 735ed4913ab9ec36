import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../cli/user-error.js';
import { isImageName } from './find-inputs.js';
import { localPath } from './local-path.js';

/** The words of `kanrecon predict`: a network, if one is named, and images. */
export interface PredictWords {
  readonly network?: string;
  readonly images: readonly string[];
}

/** What a run's folder or a model's has in it, whole or damaged. */
const parts = [
  'config.json',
  'model.json',
  'weights.bin',
  'log.jsonl',
  'metrics.json',
  'best',
  'last',
  'best.previous',
];

/**
 * Tells network and images apart: with `--model` all words are images; without, the first is the network where it is one, or was
 * meant to be one: a run's folder, a model's folder or file (.zip, .pt, .pth, .safetensors), an address, the name of a shipped model, or what is neither there nor called as an image.
 *
 * @param model the value of `--model`
 * @param shipped names of shipped models
 * @throws UserError if there is no image, or the first word is empty
 */
export function predictWords(
  words: readonly string[],
  model: string | undefined,
  shipped: readonly string[],
): PredictWords {
  if (model !== undefined) return { network: model, images: words };
  const [first = '', ...images] = words;
  if (first === '' && images.length > 0) {
    throw new UserError(
      'the first word is empty; expected an image, or the run, the model or the address of a network.',
    );
  }
  if (!isNetwork(first, images.length === 0, shipped)) return { images: words };
  if (images.length > 0) return { network: first, images };
  throw new UserError(
    `${first} is a network, and no image is given; write the images behind it: files, folders, or - for standard input.`,
  );
}

function isNetwork(word: string, alone: boolean, shipped: readonly string[]): boolean {
  if (word === '-' || word === '') return false;
  if (/^https?:\/\//i.test(word)) return !alone;
  const path = /^file:\/\//i.test(word) ? localPath(word, 'a network is read from a folder') : word;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return isNetworkFolder(path);
  if (found) return isModelFile(path);
  if (isOfRun(path)) return true;
  if (isImageName(path)) return false;
  return shipped.includes(word) || !alone;
}

/** Whether it is called as a model that lies in one file; no image is called so. */
function isModelFile(path: string): boolean {
  return /\.(?:zip|pt|pth|safetensors)$/i.test(path);
}

/** Also a folder of runs, which somebody took for one. */
function isNetworkFolder(path: string): boolean {
  const holds = (folder: string) => parts.some((name) => existsSync(join(folder, name)));
  if (holds(path) || isOfRun(path)) return true;
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory());
    return folders.some(({ name }) => holds(join(path, name))) && !entries.some(({ name }) => isImageName(name));
  } catch {
    return false; // what cannot be read is told of when its images are sought
  }
}

/** Whether it is called as a run's checkpoint, and the run is there. */
function isOfRun(path: string): boolean {
  return ['best', 'last'].includes(basename(path)) && existsSync(join(dirname(path), 'config.json'));
}
