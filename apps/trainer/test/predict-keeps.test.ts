import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { predictFixture } from './predict-fixture.js';

// What predict, and other commands with it, leave alone.
const { at, bytes, content, expectMistake, folderOf, images, json, label, run, visible } =
  predictFixture('predict-keeps');

describe('predict leaves alone what it did not make', () => {
  it("refuses before anything is written where another picture or a label has a result's name", async () => {
    folderOf('a', { 'a.jpg': 0, 'a.png': 1, 'b.jpg': 0, 'b.json': readFileSync(label(), 'utf8'), 'c.jpg': 2 });
    const before = content('a');
    const all =
      /a\.png, a.b\.json are there already and were not made by this command, or changed since; choose another --out/;
    await expectMistake('predict --no-refine R a/c.jpg a/a.jpg a/b.jpg --out a', all);
    await expectMistake(
      'predict --no-refine R a --out a',
      /a\.png: this result would overwrite the image itself \(a.a\.png\)/,
    );
    expect(content('a')).toEqual(before);
  });

  it('does the same again when it is told the same, in the same folder', async () => {
    folderOf('again', { 'a.jpg': 0, 'sub/b.png': 1 });
    rmSync(at('again', 'sub', 'b.png'));
    cpSync(images[1]!, at('again', 'sub', 'b.jpg'));
    for (const line of [
      'predict --no-refine R again/a.jpg --out again',
      'predict --no-refine R again --out again',
      'predict --no-refine R again --out again',
    ]) {
      const { code, stderr } = await run(line);
      expect([code, stderr.replace(/^(Backend|Reconstructing).*\n/gm, '')]).toEqual([0, '']);
    }
    expect(visible('again')).toEqual([
      ...['a.glb', 'a.jpg', 'a.json', 'a.png', 'predictions.csv', 'sub/b.glb', 'sub/b.jpg', 'sub/b.json', 'sub/b.png'],
    ]);
    expect(json('again', 'sub', 'b.json')).toMatchObject({ image: 'b.jpg', mesh: 'b.glb', camera_from: 'default' });
    const rows = bytes('again', 'predictions.csv').toString().trimEnd().split('\n');
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 2))).toEqual([
      ['a.jpg', 'a.json'],
      ['sub/b.jpg', 'sub/b.json'],
    ]);
  });

  it('takes other flags and another network, but not a result that was changed', async () => {
    folderOf('changed', { 'a.jpg': 0 });
    expect((await run('predict --no-refine R changed/a.jpg --out changed')).code).toBe(0);
    expect(
      (await run('predict --no-refine R changed/a.jpg --out changed --checkpoint last --rendering-size 32')).code,
    ).toBe(0);
    expect((await sharp(at('changed', 'a.png')).metadata()).width).toBe(32);
    writeFileSync(at('changed', 'a.json'), '{"notes": "mine"}');
    await expectMistake(
      'predict --no-refine R changed/a.jpg --out changed',
      /changed.a\.json is there already and was not made by/,
    );
    expect(json('changed', 'a.json')).toEqual({ notes: 'mine' });
  });

  it('keeps the result of another image of the same name', async () => {
    folderOf('x', { 'a.jpg': 0 });
    folderOf('y', { 'A.png': 1 });
    expect((await run('predict --no-refine R x/a.jpg --out same')).code).toBe(0);
    const before = content('same');
    cpSync(at('y', 'A.png'), at('y', 'a.png'));
    await expectMistake(
      'predict --no-refine R y/a.png --out same',
      /hold results of another image of the same name; choose another/,
    );
    expect(content('same')).toEqual(before);
    // At once they get names of their own, which differ on every file system.
    expect((await run('predict --no-refine R x/a.jpg y/A.png --out both --no-mesh')).code).toBe(0);
    expect(visible('both')).toEqual(['A-2.json', 'A-2.png', 'a.json', 'a.png', 'predictions.csv']);
    expect(json('both', 'A-2.json').image).toBe('../y/A.png');
  });

  it('neither follows a link nor replaces a folder', async () => {
    folderOf('linked', { 'a.jpg': 0, 'mine.txt': 'mine', 'b.jpg': 1, 'b.png/kept': '' });
    symlinkSync('mine.txt', at('linked', 'a.json'));
    const expected = /linked.a\.json, linked.b\.png are there already/;
    await expectMistake('predict --no-refine R linked/a.jpg linked/b.jpg --out linked', expected);
    expect(bytes('linked', 'mine.txt').toString()).toBe('mine');
  });

  it('other commands do as well', async () => {
    folderOf('others', { 'identify.svg': 'mine', 'predictions.csv': 'mine' });
    const before = content('others');
    await expectMistake('evaluate R --dataset D --out others', /others.predictions\.csv is there already/);
    await expectMistake('identify --out others', /others.identify\.svg is there already/);
    expect(content('others')).toEqual(before);
    for (let i = 0; i < 2; i++) expect((await run('evaluate R --dataset D --no-distances')).code).toBe(0);
  });

  it('other commands do the same again', async () => {
    expect((await run('identify --out found --draws 2 --size 16 --samples 1')).stderr).not.toContain('[error]');
    expect((await run('identify --out found --draws 2 --size 16 --samples 1')).stderr).not.toContain('[error]');
  });

  it('demo begins only in a folder of its own, and --fresh throws nothing else away', async () => {
    folderOf('project', { 'data/precious.txt': 'mine' });
    await expectMistake('demo --out project --fresh', /project holds what no demo made \(data\); choose another --out/);
    expect(bytes('project', 'data', 'precious.txt').toString()).toBe('mine');
  });

  it('a data set is not made in a run, and nothing in a checkpoint or a data set', async () => {
    await expectMistake('synth --out R --shapes 10', /--out R is the folder of a run/);
    await expectMistake('dataset import D --out R', /--out R is the folder of a run/);
    await expectMistake(`predict --no-refine R ${images[0]} --out R/best/x`, /lies inside the checkpoint/);
    await expectMistake(`predict --no-refine R ${images[0]} --out D`, /is the data set/);
    expect(visible('R')).toContain('config.json');
    expect(visible('R')).not.toContain('synthesis.json');
  });
});
