import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFully } from './write-fully.js';

it('goes on after a short write and passes an error on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'write-fully-'));
  const file = await open(join(folder, 'data'), 'w');
  // As a nearly full disk or a network file system does: at most 100 bytes a call.
  const short = (bytes: Uint8Array, from: number, length: number, position: number) =>
    file.write(bytes, from, Math.min(length, 100), position);
  const bytes = Uint8Array.from({ length: 1030 }, (_, i) => i % 251);
  await writeFully({ write: short as FileHandle['write'] }, bytes, 7);
  expect([...readFileSync(join(folder, 'data')).subarray(7)]).toEqual([...bytes]);
  await file.close();
  await expect(writeFully(file, bytes, 0)).rejects.toThrow();
  rmSync(folder, { recursive: true });
});
