import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFileAtomically } from './write-file-atomically.js';

it('writes the whole file, or names the one that was wanted and leaves nothing behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kanrecon-write-'));
  const file = join(folder, 'file');
  await writeFileAtomically(file, 'one');
  await writeFileAtomically(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  const taken = join(folder, 'taken');
  mkdirSync(taken);
  await expect(writeFileAtomically(taken, 'three')).rejects.toMatchObject({ path: taken });
  const missing = join(folder, 'no', 'file');
  await expect(writeFileAtomically(missing, '')).rejects.toMatchObject({ code: 'ENOENT', path: missing });
  expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  rmSync(folder, { recursive: true });
});
