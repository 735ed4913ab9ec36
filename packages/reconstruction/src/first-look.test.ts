import { drawShape, drawView, renderView, sceneByName, sceneNames } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { firstLook } from './first-look.js';

const study = sceneByName('study');

/** Uniform noise around a colour, each channel by itself unless grey. */
function noise(size: number, middle: number, amplitude: number, grey = false) {
  let state = 12345;
  let value = 0;
  const data = Uint8Array.from({ length: 3 * size * size }, (_, i) => {
    if (!grey || i % 3 === 0) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      value = middle + amplitude * ((2 * state) / 2 ** 32 - 1);
    }
    return Math.round(value);
  });
  return { width: size, height: size, data };
}

describe('firstLook', () => {
  it.each([0, 128, 197, 255])('calls an image of the byte %i one colour', (value) => {
    const image = { width: 100, height: 60, data: new Uint8Array(3 * 6000).fill(value) };
    expect(firstLook(image, study)).toMatchObject({ kind: 'foreign', sentence: expect.stringContaining('one colour') });
  });

  it('calls weak noise one colour and strong noise noise, at any size', () => {
    expect(firstLook(noise(64, 197, 3), study)?.sentence).toContain('one colour');
    for (const size of [48, 64, 200]) {
      for (const grey of [false, true]) {
        expect(firstLook(noise(size, 128, 120, grey), study)?.sentence, `${size} ${grey}`).toContain(
          'nothing but noise',
        );
      }
    }
  });

  it.each(sceneNames)('lets images of %s pass, with noise too', (name) => {
    const scene = sceneByName(name);
    for (let i = 0; i < 6; i++) {
      const view = drawView(scene, 3, i, 0);
      for (const level of [0, 20]) {
        const effects = { ...view.effects, noise: level, seed: i };
        const { image } = renderView(scene, drawShape(scene, 3, i), { ...view, effects }, { size: 96 });
        expect(firstLook(image, scene), `${i} ${level}`).toBeUndefined();
      }
    }
  });

  it('lets a gradient pass: it is no noise', () => {
    const data = Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => 2 * (Math.floor(i / 3) % 64) + 60);
    expect(firstLook({ width: 64, height: 64, data }, study)).toBeUndefined();
  });
});
