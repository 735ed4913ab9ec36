import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBlender } from './find-blender.js';

const folder = mkdtempSync(join(tmpdir(), 'kanrecon-find-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('findBlender', () => {
  it('takes the named one, then the environment variable, without a look at the disk', () => {
    expect(findBlender('/my/blender', { KANRECON_BLENDER: '/other' })).toBe('/my/blender');
    expect(findBlender(undefined, { KANRECON_BLENDER: '/other' })).toBe('/other');
  });

  it.skipIf(process.platform === 'win32')('takes the first program of that name on the PATH', () => {
    const [first, second, third] = ['folder', 'no-program', 'program'].map((name) => join(folder, name));
    mkdirSync(join(first, 'blender'), { recursive: true });
    for (const place of [second, third]) {
      mkdirSync(place);
      writeFileSync(join(place, 'blender'), '#!/bin/sh\n');
    }
    chmodSync(join(second, 'blender'), 0o644);
    chmodSync(join(third, 'blender'), 0o755);
    expect(findBlender(undefined, { PATH: [first, second, third].join(delimiter) })).toBe(join(third, 'blender'));
  });
});
