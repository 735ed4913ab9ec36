import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeAtomically } from './write-atomically.js';

it('writes the whole file, or names the one that was wanted and leaves nothing behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kanrecon-write-'));
  const file = join(folder, 'file');
  await writeAtomically(file, 'one');
  await writeAtomically(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  const taken = join(folder, 'taken');
  mkdirSync(taken);
  await expect(writeAtomically(taken, 'three')).rejects.toMatchObject({ path: taken });
  const missing = join(folder, 'no', 'file');
  await expect(writeAtomically(missing, '')).rejects.toMatchObject({ code: 'ENOENT', path: missing });
  expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  rmSync(folder, { recursive: true });
});
