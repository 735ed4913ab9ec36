import { describe, expect, it } from 'vitest';
import { imageFitDefaults, parseImageFit } from './image-fit.js';

describe('parseImageFit', () => {
  it('completes what JSON says', () => {
    expect(parseImageFit({})).toEqual(imageFitDefaults);
    const fit = { filter: 'bicubic', padding: 'crop', background: [0, 127, 255] };
    expect(parseImageFit(JSON.parse(JSON.stringify(fit)))).toEqual(fit);
    expect(parseImageFit({ filter: undefined, padding: 'squash' })).toEqual({ ...imageFitDefaults, padding: 'squash' });
  });

  it.each([
    [null, 'got null'],
    [[], 'got an array'],
    ['lanczos', 'got string'],
    [{ pading: 'crop' }, 'unknown key; expected filter, padding, background, shorterSide, got pading'],
    [{ filter: 'lanczos3' }, 'unknown filter; expected lanczos, bicubic, bilinear, box, got lanczos3'],
    [{ padding: null }, 'unknown padding; expected letterbox, squash, crop, got null'],
    [{ background: [0, 0] }, 'three whole numbers of 0 to 255, got [0, 0]'],
    [{ background: [0, 0, 256] }, 'got [0, 0, 256]'],
    [{ background: [0.5, 0, 0] }, 'got [0.5, 0, 0]'],
    [{ background: '#c5c5c5' }, 'got #c5c5c5'],
  ])('refuses %j', (value, message) => {
    expect(() => parseImageFit(value)).toThrow('parseImageFit: ');
    expect(() => parseImageFit(value)).toThrow(message);
  });
});
