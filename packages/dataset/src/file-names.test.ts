import { expect, it } from 'vitest';
import { imageFileName, labelFileName, parseImageFileName, parseLabelFileName } from './file-names.js';

it('reads the names it writes', () => {
  const id = { shape: 1234, view: 4 };
  expect(imageFileName(id)).toBe('3DfORMULA_1234_vers4.png');
  expect(labelFileName(id)).toBe('param_3DfORMULA_1234_vers4.json');
  expect(parseImageFileName(imageFileName(id))).toEqual(id);
  expect(parseLabelFileName(labelFileName(id))).toEqual(id);
});

it("takes the study's leading zeros and other image formats, and nothing else", () => {
  expect(parseImageFileName('3DfORMULA_002_vers0.png')).toEqual({ shape: 2, view: 0 });
  expect(parseImageFileName('3DfORMULA_2_vers0.JPEG')).toEqual({ shape: 2, view: 0 });
  for (const name of ['3DfORMULA_2_vers0.png.tmp', '3DfORMULA_2.png', 'param_3DfORMULA_2_vers0.json', 'x.png', '']) {
    expect(parseImageFileName(name)).toBeUndefined();
  }
  expect(parseLabelFileName('param_3DfORMULA_2_vers0.txt')).toBeUndefined();
});
