import { shrinkImage } from '@kanrecon/render';
import { applyEffects, drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegQuality } from './jpeg-quality.js';

const scene = sceneByName('observable');

/** An image of the scene without JPEG. */
function drawn(index: number, size = 64) {
  const view = drawView(scene, 5, index, 0);
  return renderView(scene, drawShape(scene, 5, index), { ...view, effects: { ...view.effects, jpeg: 100 } }, { size })
    .image;
}

const indices = Array.from({ length: 12 }, (_, index) => index);

describe('jpegQuality', () => {
  it("tells a file's quality that another encoder and decoder made", async () => {
    for (const quality of [40, 60, 75, 90]) {
      const told = [];
      for (const index of indices.slice(0, 6)) {
        const { width, height, data } = drawn(index);
        const file = await sharp(data, { raw: { width, height, channels: 3 } })
          .jpeg({ quality })
          .toBuffer();
        told.push(jpegQuality({ width, height, data: new Uint8Array(await sharp(file).raw().toBuffer()) }));
      }
      expect(told).toEqual(told.map(() => quality));
    }
  });

  it('takes no other image for one: clean, noisy, blurred, shifted, shrunk', () => {
    for (const index of indices) {
      const image = drawn(index);
      expect(jpegQuality(image)).toBeUndefined();
      for (const effects of [{ noise: 6 }, { blur: 1.5 }]) {
        const other = { ...image, data: image.data.slice() };
        applyEffects(other, { occluders: 0, blur: 0, noise: 0, jpeg: 100, seed: 1, ...effects });
        expect(jpegQuality(other)).toBeUndefined();
      }
      const { width, data } = image;
      applyEffects(image, { occluders: 0, blur: 0, noise: 0, jpeg: 70, seed: 1 });
      expect(jpegQuality(image)).toBe(70);
      const rows = data.slice(3 * 3 * width);
      expect(jpegQuality({ width, height: width - 3, data: rows })).toBeUndefined();
      expect(jpegQuality(shrinkImage(image, width / 2))).toBeUndefined();
    }
  });

  it('is undefined of an image of one colour and of one too small for a block', () => {
    expect(jpegQuality({ width: 64, height: 64, data: new Uint8Array(3 * 64 * 64).fill(197) })).toBeUndefined();
    expect(jpegQuality({ width: 7, height: 7, data: new Uint8Array(3 * 49).fill(20) })).toBeUndefined();
  });
});
