import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { checkWritable } from './check-writable.js';

it('leaves nothing behind, and names what cannot be written to', async () => {
  const folder = temporaryFolder();
  await checkWritable(folder);
  expect(readdirSync(folder)).toEqual([]);
  await expect(checkWritable(join(folder, 'no'))).rejects.toMatchObject({ code: 'ENOENT', path: expect.anything() });
  writeFileSync(join(folder, 'file'), '');
  await expect(checkWritable(join(folder, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  rmSync(folder, { recursive: true });
});
