import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictWords } from './predict-words.js';

const root = mkdtempSync(join(tmpdir(), 'kanrecon-words-'));
const at = (...parts: string[]) => join(root, ...parts);
afterAll(() => rmSync(root, { recursive: true }));
beforeAll(() => {
  for (const file of [
    'runs/one/config.json',
    'model/weights.bin',
    'photos/a.png',
    'model.zip',
    'weights.pt',
    'mixed/one/config.json',
    'mixed/a.png',
  ]) {
    mkdirSync(join(at(file), '..'), { recursive: true });
    writeFileSync(at(file), '');
  }
  mkdirSync(at('empty'));
});

const shipped = ['observable', 'fluted'];
const words = (list: string[], model?: string) => predictWords(list, model, shipped);

describe('predictWords', () => {
  it.each<[string, string]>([
    ["a run's folder", at('runs', 'one')],
    ["a model's folder", at('model')],
    ["a model's file", at('model.zip')],
    ['a checkpoint of PyTorch', at('weights.pt')],
    ['a folder of runs, of which is told that it is none', at('runs')],
    ['a checkpoint that is not there', at('runs', 'one', 'best')],
    ['an address of a folder', pathToFileURL(at('model')).href],
    ['an address', 'https://x.org/model'],
    ['the name of a shipped model', 'fluted'],
    ['what is not there, and is not called as an image', at('nowhere')],
  ])('the first word is the network: %s', (_, word) => {
    expect(words([word, 'a.png', 'b.png'])).toEqual({ network: word, images: ['a.png', 'b.png'] });
  });

  it.each<[string, string[]]>([
    ['a file', [at('photos', 'a.png'), 'b.png']],
    ['a folder of images', [at('photos'), 'b.png']],
    ['a folder of images with a run in it', [at('mixed'), 'b.png']],
    ['an empty folder', [at('empty'), 'b.png']],
    ['an image that is not there', [at('nowhere.jpg'), 'b.png']],
    ['a pipe', ['-']],
    ['an address, of which is told that nothing is fetched', ['https://x.org/a.png']],
    ['a name alone', [at('nowhere')]],
  ])('all words are images: %s', (_, list) => {
    expect(words(list)).toEqual({ images: list });
  });

  it('all words are images behind --model', () => {
    expect(words(['observable', 'a.png'], at('model'))).toEqual({
      network: at('model'),
      images: ['observable', 'a.png'],
    });
  });

  it('says what is missing', () => {
    expect(() => words([at('model')])).toThrow(
      'model is a network, and no image is given; write the images behind it: files, folders, or - for standard input.',
    );
    expect(() => words(['fluted'])).toThrow(/^fluted is a network, and no image is given/);
    expect(() => words(['', 'a.png'])).toThrow(/^the first word is empty; expected an image, or the run, /);
  });
});
