import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { explainNoRoom, showBytes } from './explain-no-room.js';

it('says how much is missing, also for a folder that is still to be made', async () => {
  const folder = join(tmpdir(), 'kanrecon-none', 'deep');
  expect(await explainNoRoom(folder, 1)).toBeUndefined();
  expect(await explainNoRoom(folder, 1e18)).toMatch(
    /^1000000 TB are needed, [\d.]+ (bytes|KB|MB|GB|TB) are free; free some, or use another disk$/,
  );
});

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [102_400, '102 KB'],
  [999_960, '1.00 MB'],
  [16_781_234, '16.8 MB'],
  [1.25e9, '1.25 GB'],
  [4e12, '4.00 TB'],
])('shows %d bytes as %s', (bytes, text) => {
  expect(showBytes(bytes)).toBe(text);
});
