import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withFolder } from './with-folder.js';

it('makes the folder first, and takes it away when it stays empty', async () => {
  const root = mkdtempSync(join(tmpdir(), 'kanrecon-out-'));
  const out = join(root, 'a', 'b');
  const failed = withFolder(out, async () => {
    expect(existsSync(out)).toBe(true);
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(existsSync(join(root, 'a'))).toBe(false);
  expect(await withFolder(out, async () => writeFileSync(join(out, 'x'), ''))).toBeUndefined();
  expect(existsSync(join(out, 'x'))).toBe(true);
  const work = () => Promise.reject(new Error('never asked'));
  await expect(withFolder(join(out, 'x'), work)).rejects.toMatchObject({ code: 'EEXIST' });
  rmSync(root, { recursive: true });
});
