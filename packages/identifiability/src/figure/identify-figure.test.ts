import type { RgbImage } from '@kanrecon/render';
import { sceneByName } from '@kanrecon/scene';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { identifiability } from '../identifiability.js';
import { identifyFigure } from './identify-figure.js';

const encodePng = ({ width, height, data }: RgbImage) =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();

describe('identifyFigure', () => {
  it('shows every parameter, what leaves no trace, and images that do not change; it can be drawn', async () => {
    const study = sceneByName('study');
    const found = await identifiability(study, { draws: 4, size: 48 });
    const svg = await identifyFigure(study, found, { encodePng });
    for (const text of ['twist_amp (no trace)', 'radius (tied)', 'twist_freq from 1 to 5', 'one common factor']) {
      expect(svg).toContain(text);
    }
    expect(svg).not.toMatch(/<script|NaN|undefined/);
    // Rows for two parameters and a law, two objects in each; the third image of a trio is grey all over.
    const images = [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(([, png]) =>
      Buffer.from(png!, 'base64'),
    );
    expect(images).toHaveLength(3 * 2 * 3);
    const { channels } = await sharp(images[2]).stats();
    for (const { min, max } of channels) expect([min, max]).toEqual([128, 128]);
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect([width, height]).toEqual([1200, 84 + 380 + 20 + 40 + 3 * 196]);
  });

  it('needs no strips where nothing is invisible', async () => {
    const observable = sceneByName('observable');
    const svg = await identifyFigure(observable, await identifiability(observable, { draws: 2, size: 32 }), {
      encodePng,
    });
    expect(svg).not.toContain('<image');
    expect(svg).toContain('of observable (spiral-cylinder)');
  });
});
