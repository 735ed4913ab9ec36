import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { sha256, sha256Here } from './sha256.js';

afterEach(() => vi.unstubAllGlobals());

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => Math.imul(i + 1, 2654435761) >>> 23);

it.each([0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100_003])(
  "is node:crypto's: %i bytes",
  async (length) => {
    // Not from the start of its memory, as parts of files are.
    const bytes = bytesOf(length + 3).subarray(3);
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(sha256Here(bytes)).toBe(expected);
    expect(await sha256(bytes)).toBe(expected);
  },
);

it('does without WebCrypto, as pages served over plain http must', async () => {
  vi.stubGlobal('crypto', {});
  // The example of FIPS 180-4.
  const abc = new TextEncoder().encode('abc');
  expect(await sha256(abc)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
