import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findInputs } from './find-inputs.js';
import { imageFormats } from './image-formats.js';
import { madeHere } from './made-here.js';

// Folders named "locked" must not be read; who runs the tests may be root, whom no permission stops.
vi.mock('node:fs/promises', async (load) => {
  const original = await load<typeof promises>();
  const readdir = async (path: string, ...rest: never[]) => {
    if (!path.endsWith('locked')) return original.readdir(path, ...rest);
    throw Object.assign(new Error(`EACCES: permission denied, scandir '${path}'`), { code: 'EACCES', path });
  };
  return { ...original, readdir };
});

const root = mkdtempSync(join(tmpdir(), 'kanrecon-inputs-'));
const at = (...parts: string[]) => join(root, ...parts);
afterAll(() => rmSync(root, { recursive: true }));
beforeAll(() => {
  for (const folder of ['tree/locked', 'empty', 'locked']) mkdirSync(at(folder), { recursive: true });
  for (const file of ['a.png', 'tree/b.png', 'tree/c.svg']) writeFileSync(at(file), 'x');
});

/** What words lead to, by image and by message. */
async function found(...words: string[]) {
  const { images, failed } = await findInputs(words, madeHere());
  return { images: images.map(({ shown }) => shown), failed: failed.map(({ message }) => message) };
}

describe('a word that leads to no image is told and stops no other', () => {
  it.each<[string, string, string | RegExp]>([
    ['an empty word', '', "an image's name is empty; give a file, a folder, or - for standard input."],
    ['an address of the network', 'https://x.org/a.png', /^https:\/\/x\.org\/a\.png: images are read from files, and /],
    ['an address of another machine', 'file://elsewhere/a.png', /: this address leads to no file of this machine; /],
    ['a folder without images', at('empty'), `${at('empty')} holds no images; expected ${imageFormats} files.`],
    ['a folder that must not be read', at('locked'), `${at('locked')}: permission denied.`],
    ['a name that is too long', at('a'.repeat(300)), /: this name is too long\.$/],
  ])('%s', async (_, word, message) => {
    const { images, failed } = await found(word, at('a.png'), word);
    expect(images).toEqual([at('a.png')]);
    expect(failed).toEqual(Array(2).fill(typeof message === 'string' ? message : expect.stringMatching(message)));
  });

  it.skipIf(process.platform === 'win32')('links in a circle, what has no end, and a pipe that is gone', async () => {
    symlinkSync(at('circle.png'), at('circle.png'));
    const pipe = at('pipe');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    const writing = promises.writeFile(pipe, 'piped');
    const { images, failed } = await found(at('circle.png'), '/dev/zero', pipe, pipe, at('a.png'));
    await writing;
    expect(images).toEqual([pipe, at('a.png')]);
    expect(failed).toEqual([
      `${at('circle.png')}: too many symbolic links lead there.`,
      '/dev/zero: more than 268435456 bytes come, as of no image.',
      `${pipe} can be given only once: what comes through a pipe can be read once.`,
    ]);
  });
});

it('a folder within one that cannot be read is told, with the images beside it', async () => {
  const { images, failed } = await found(at('tree'));
  expect(images).toEqual(expect.arrayContaining([at('tree', 'b.png'), at('tree', 'c.svg')]));
  expect(failed).toEqual([`${at('tree', 'locked')}: permission denied.`]);
});
