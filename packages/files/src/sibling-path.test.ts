import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { siblingPath } from './sibling-path.js';

it('adds the suffix to a name', () => {
  expect(siblingPath(join('a', 'b.rar'), '.part')).toBe(join('a', 'b.rar.part'));
  expect(siblingPath('b', '.previous')).toBe('b.previous');
});

it.each([
  ['ASCII', 'n'.repeat(255)],
  ['two bytes a letter', 'ö'.repeat(127)],
  ['four bytes a letter', '🙂'.repeat(63)],
  ['just too long with the suffix', 'n'.repeat(139)],
])('keeps a long name short, the same at every call and another one for another name: %s', (_, name) => {
  const folder = temporaryFolder();
  const path = siblingPath(join(folder, name), '.part');
  expect(path).toBe(siblingPath(join(folder, name), '.part'));
  expect(Buffer.byteLength(basename(path))).toBeLessThanOrEqual(143);
  expect(basename(path)).toMatch(/~[0-9a-f]{8}\.part$/);
  expect(path).not.toContain('\ufffd');
  const other = name.slice(0, -2) + (name.endsWith('n') ? 'mm' : 'é');
  expect(siblingPath(join(folder, other), '.part')).not.toBe(path);
  writeFileSync(path, '');
  rmSync(folder, { recursive: true });
});
