import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { isMadeFile, MadeFiles, madeFilesName } from './made-files.js';
import { FileInTheWayError, OutputFiles } from './output-files.js';

let root: string;
const at = (...parts: string[]) => join(root, ...parts);
const text = (...parts: string[]) => readFileSync(at(...parts), 'utf8');

beforeEach(() => {
  root = temporaryFolder();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('OutputFiles', () => {
  it('replaces what it wrote itself, in this program and in the next', async () => {
    const first = new OutputFiles();
    await first.check([{ path: at('out', 'a.txt') }]);
    expect(existsSync(at('out'))).toBe(false);
    await first.write({ path: at('out', 'a.txt') }, 'one');
    await first.write({ path: at('out', 'a.txt') }, new Uint8Array([50]));
    const second = new OutputFiles();
    await second.check([{ path: at('out', 'a.txt') }]);
    await second.write({ path: at('out', 'a.txt') }, 'three');
    expect(text('out', 'a.txt')).toBe('three');
    expect(readdirSync(at('out')).sort()).toEqual([madeFilesName, 'a.txt']);
    expect(await isMadeFile(at('out', 'a.txt'))).toBe(true);
  });

  it('refuses a file of anybody else, all of them at once, before anything is written', async () => {
    for (const name of ['a.txt', 'b.txt']) writeFileSync(at(name), 'mine');
    const files = new OutputFiles();
    const wanted = ['c.txt', 'a.txt', 'b.txt'].map((name) => ({ path: at(name) }));
    await expect(files.check(wanted)).rejects.toThrow(FileInTheWayError);
    await expect(files.check(wanted)).rejects.toMatchObject({ paths: [at('a.txt'), at('b.txt')], reason: 'foreign' });
    expect(readdirSync(root).sort()).toEqual(['a.txt', 'b.txt']);
    await expect(files.write({ path: at('a.txt') }, 'ours')).rejects.toThrow(FileInTheWayError);
    expect(text('a.txt')).toBe('mine');
  });

  it('refuses its own file once somebody has changed or replaced it', async () => {
    const files = new OutputFiles();
    await files.write({ path: at('a.txt') }, 'ours');
    appendFileSync(at('a.txt'), ' and mine');
    expect(await isMadeFile(at('a.txt'))).toBe(false);
    await expect(files.write({ path: at('a.txt') }, 'ours')).rejects.toMatchObject({ reason: 'foreign' });
    expect(text('a.txt')).toBe('ours and mine');
  });

  it('sees what comes to be there between the check and the writing', async () => {
    const files = new OutputFiles();
    await files.check([{ path: at('a.txt') }]);
    writeFileSync(at('a.txt'), 'mine');
    await expect(files.write({ path: at('a.txt') }, 'ours')).rejects.toMatchObject({ reason: 'foreign' });
  });

  it('refuses folders and links, even to a file of its own', async () => {
    const files = new OutputFiles();
    await files.write({ path: at('a.txt') }, 'ours');
    mkdirSync(at('b.txt'));
    symlinkSync(at('a.txt'), at('c.txt'));
    symlinkSync(at('nowhere'), at('d.txt'));
    const wanted = ['b.txt', 'c.txt', 'd.txt'].map((name) => ({ path: at(name) }));
    await expect(files.check(wanted)).rejects.toMatchObject({ paths: wanted.map(({ path }) => path) });
  });

  it('takes no record of another folder, nor the name alone', async () => {
    await new OutputFiles().write({ path: at('out', 'a.txt') }, 'ours');
    writeFileSync(at('a.txt'), 'ours');
    await expect(new OutputFiles().check([{ path: at('a.txt') }])).rejects.toMatchObject({ reason: 'foreign' });
    rmSync(at('out', 'a.txt'));
    writeFileSync(at('out', 'a.txt'), 'mine');
    await expect(new OutputFiles().check([{ path: at('out', 'a.txt') }])).rejects.toMatchObject({ reason: 'foreign' });
  });

  it('refuses what was made of something else, where that is asked', async () => {
    const path = at('a.txt');
    await new OutputFiles().write({ path, of: 'x/a.png' }, 'ours');
    await new OutputFiles().write({ path, of: 'x/a.png' }, 'ours anew');
    const other = new OutputFiles();
    await expect(other.check([{ path, of: 'y/a.png' }])).rejects.toMatchObject({ reason: 'made-of-other' });
    await other.check([{ path }]);
    await new OutputFiles().write({ path: at('b.txt') }, 'of nothing');
    await new OutputFiles().check([{ path: at('b.txt'), of: 'x/a.png' }]);
  });

  it('survives a record that was cut off or is none, and a file that was told of but never written', async () => {
    const path = at('a.txt');
    await new OutputFiles().write({ path }, 'ours');
    appendFileSync(at(madeFilesName), '\n[]\nnull\n{"file":3}\n{"file":"b.txt","sha2');
    await new OutputFiles().check([{ path }, { path: at('b.txt') }]);
    const files = await MadeFiles.open(root);
    expect([files.has('a.txt'), files.has('b.txt')]).toEqual([true, false]);
    await files.record('c.txt', 'never written');
    expect((await MadeFiles.open(root)).has('c.txt')).toBe(true);
    await new OutputFiles().check([{ path: at('c.txt') }]);
    writeFileSync(at('c.txt'), 'mine');
    await expect(new OutputFiles().check([{ path: at('c.txt') }])).rejects.toMatchObject({ reason: 'foreign' });
  });

  it('keeps the lines of programs that write at once', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `${i}.txt`);
    await Promise.all(names.map((name) => new OutputFiles().write({ path: at(name) }, name)));
    await new OutputFiles().check(names.map((name) => ({ path: at(name) })));
  });

  it('writes no line twice for the same content', async () => {
    for (let i = 0; i < 3; i++) await new OutputFiles().write({ path: at('a.txt') }, 'same');
    expect(text(madeFilesName).trimEnd().split('\n')).toHaveLength(1);
  });

  it('names what cannot be written', async () => {
    writeFileSync(at('file'), '');
    await expect(new OutputFiles().write({ path: at('file', 'a.txt') }, '')).rejects.toMatchObject({ code: 'EEXIST' });
    const long = at('x'.repeat(300));
    const check = new OutputFiles().check([{ path: join(long, 'a.txt') }]);
    await expect(check).rejects.toMatchObject({ code: 'ENAMETOOLONG', path: long });
  });
});
