import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TrainingError } from '../../training-error.js';
import { activateBackend } from './activate-backend.js';
import { findOptionalPackage } from './find-optional-package.js';
import { nativeBackend } from './native-backend.js';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kanrecon-backends-')));
afterAll(() => rmSync(folder, { recursive: true }));

describe('findOptionalPackage', () => {
  const home = join(folder, 'node_modules', '@scope', 'thing');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: '@scope/thing', version: '3.2.1' }));

  it('finds a package under the named folder, above it, and by its own folder', () => {
    const found = { name: '@scope/thing', version: '3.2.1', folder: home };
    for (const place of [folder, join(folder, 'deeper', 'still'), home]) {
      expect(findOptionalPackage('@scope/thing', { KANRECON_TFJS_NODE: place })).toEqual(found);
    }
  });

  it('finds nothing where there is nothing', () => {
    expect(findOptionalPackage('@scope/thing', {})).toBeUndefined();
    expect(findOptionalPackage('@scope/other', { KANRECON_TFJS_NODE: folder })).toBeUndefined();
  });
});

describe('backends that are not installed', () => {
  it('say so, and how to get them', async () => {
    expect(nativeBackend('node-gpu').howToGet).toContain('@tensorflow/tfjs-node-gpu@4.22.0');
    if (findOptionalPackage('webgpu')) return; // installed on this machine
    await expect(activateBackend('webgpu')).rejects.toThrow(TrainingError);
    await expect(activateBackend('webgpu')).rejects.toThrow(/webgpu is not installed; to get it: npm install webgpu/);
  });
});
