import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawShape, drawView, renderView, type SceneName, sceneByName } from '@kanrecon/scene';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseShipped } from './choose-shipped.js';
import { encodePng } from './encode-png.js';

const root = mkdtempSync(join(tmpdir(), 'kanrecon-shipped-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A network that says the same of every image: the middles. */
function model(scene: SceneName) {
  const { parameters } = sceneByName(scene).surface;
  const predict = async () => ({
    normalized: new Float32Array(parameters.length).fill(0.5),
    parameters: {},
    inRange: {},
  });
  return { name: scene, scene: sceneByName(scene), reconstructor: { predict, targets: parameters, card: {} } };
}

const models = [model('fluted'), model('observable')];
const file = (name: string) => ({ shown: name, source: join(root, name), name });

beforeAll(async () => {
  const scene = sceneByName('observable');
  for (const [name, number, size] of [
    ['a.png', 1, 64] as const,
    ['b.png', 2, 64] as const,
    ['tiny.png', 1, 16] as const,
  ]) {
    const { image } = renderView(scene, drawShape(scene, 5, number), drawView(scene, 5, number, 0), { size });
    writeFileSync(join(root, name), await encodePng(image, 6));
  }
  const grey = { width: 64, height: 64, data: new Uint8Array(3 * 64 * 64).fill(99) };
  writeFileSync(join(root, 'grey.png'), await encodePng(grey, 6));
  writeFileSync(join(root, 'words.png'), 'no image');
});

const { signal } = new AbortController();
const chosen = async (...names: string[]) => {
  const { model: found, sentence } = await chooseShipped(names.map(file), models, signal);
  return `${found.name}: ${sentence}`;
};

describe('chooseShipped', () => {
  it('takes the model that fits an image best, and says why', async () => {
    expect(await chosen('words.png', 'a.png')).toMatch(
      /^observable: No --model is given: of the shipped models observable fits a\.png best, a quick look leaves (?:less than 0\.1|\d\.\d) % of it unexplained(?: \(fluted: [\d.]+ %\))?\.$/,
    );
  });

  it('looks at the first three images', async () => {
    expect(await chosen('grey.png', 'a.png', 'tiny.png', 'b.png', 'a.png')).toBe(
      'observable: No --model is given: of the shipped models observable fits best, 2 of the first 3 images.',
    );
  });

  it('says that none fits', async () => {
    expect(await chosen('grey.png')).toBe(
      'fluted: No --model is given, and no shipped model explains grey.png: taken is fluted, which leaves 100.0 % of it unexplained (observable: 100.0 %).',
    );
  });

  it('takes the first where there is nothing to choose by, and the only one', async () => {
    expect(await chosen('tiny.png', 'words.png')).toBe(
      'fluted: No --model is given, and no image is fit to choose by: taken is fluted, the first one shipped.',
    );
    const only = models.slice(1);
    expect(await chooseShipped([file('a.png')], only, signal)).toEqual({
      model: only[0],
      sentence: 'No --model is given: taken is observable, the only one shipped.',
    });
  });
});
