import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isLitter, makeFolder, siblingPath, writeDurably } from '@kanrecon/files/node';
import { checkOptions } from '@kanrecon/image';
import { type ToArtifactsOptions, toArtifacts, toArtifactsNames } from '../checkpoint/to-artifacts.js';
import type { Reconstructor } from '../network/reconstructor.js';

/** What a save consists of. */
const FILES: readonly string[] = ['config.json', 'model.json', 'optimizer.bin', 'weights.bin'];

/**
 * Writes a reconstructor to a folder: model.json and weights.bin (TensorFlow.js' own format), config.json, and optimizer.bin if
 * an optimizer is given. Creates parent folders.
 *
 * The files are written and flushed to `<directory>.saving`, then swapped in; an older save waits as `<directory>.previous` for
 * that moment, where `loadReconstructor` finds it. So whenever a save is cut off, the old or the new one is whole.
 *
 * @param directory new, empty, or an earlier save, which is replaced
 * @throws if the folder holds anything else, since replacing it would delete that; or if the disk refuses
 */
export async function saveReconstructor(
  reconstructor: Reconstructor,
  directory: string,
  options: ToArtifactsOptions = {},
): Promise<void> {
  checkOptions('saveReconstructor', options, toArtifactsNames);
  const target = resolve(directory);
  const saving = siblingPath(target, '.saving');
  const previous = previousSave(target);
  const replaces = await holdsSave(target);
  const { manifest, model, weights, optimizer } = await toArtifacts(reconstructor, options);
  await makeFolder(dirname(target));
  await rm(saving, { recursive: true, force: true });
  await mkdir(saving);
  await writeDurably(join(saving, 'weights.bin'), weights);
  await writeDurably(join(saving, 'model.json'), JSON.stringify(model));
  if (optimizer) await writeDurably(join(saving, 'optimizer.bin'), optimizer);
  await writeDurably(join(saving, 'config.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  if (replaces) {
    await rm(previous, { recursive: true, force: true });
    await rename(target, previous);
  }
  await rename(saving, target);
  await rm(previous, { recursive: true, force: true });
}

/** Whether there is a folder to be replaced. */
async function holdsSave(directory: string): Promise<boolean> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code !== 'ENOTDIR') throw error;
    throw new Error(`saveReconstructor: a file is in the way; expected a folder or nothing, got ${directory}`);
  }
  const others = names.filter((name) => !FILES.includes(name) && !isLitter(name)).sort();
  if (others.length > 0) {
    throw new Error(
      `saveReconstructor: ${directory} holds other files, which a save would delete; expected a new or an empty folder or an earlier save, got ${others.slice(0, 3).join(', ')}${others.length > 3 ? ' and more' : ''}`,
    );
  }
  return true;
}

/** Where the previous save of a folder waits while a new one takes its place. */
export function previousSave(directory: string): string {
  return siblingPath(directory, '.previous');
}
