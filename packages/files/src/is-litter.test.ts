import { expect, it } from 'vitest';
import { isLitter } from './is-litter.js';

const litter = [
  '.DS_Store',
  '._a.png',
  '.cache',
  '__MACOSX',
  'Icon\r',
  'Icon_',
  'Thumbs.db',
  'ehthumbs.db',
  'Desktop.ini',
];

it.each([...litter, '$RECYCLE.BIN', 'System Volume Information'])('%j is litter', (name) => {
  expect(isLitter(name)).toBe(true);
});

it.each(['Icon', 'Icon\r.png', 'Icon\n', 'icon.png', 'thumbs.db.png', 'my desktop.ini', 'a', '__MACOSX.zip', ''])(
  '%j is not',
  (name) => {
    expect(isLitter(name)).toBe(false);
  },
);
