import { basename, extname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileBase, labelName, safeName } from './save-file.js';

describe('labelName', () => {
  it('has the stem of the image’s file, as find-label of the program looks for it', () => {
    for (const file of [
      'my photo.png',
      '3DfORMULA_7_vers0.png',
      'a.b.jpeg',
      'naïve (2).webp',
      'plain',
      '.png',
      'end.',
    ]) {
      expect(labelName(file)).toBe(`param_${basename(file, extname(file))}.json`);
    }
  });
});

describe('fileBase', () => {
  it('leaves out the ending and what file systems refuse', () => {
    expect(fileBase('my photo: 2/3.png')).toBe('my-photo-2-3');
    expect(fileBase('...')).toBe('object');
  });
});

describe('safeName', () => {
  it('leaves out what file systems refuse, and keeps all behind a dot', () => {
    expect(safeName('run-v1.2')).toBe('run-v1.2');
    expect(safeName('rate 0.01/')).toBe('rate-0.01');
  });
});
