import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findLabel } from './find-label.js';

describe('findLabel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kanrecon-label-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("looks beside the image and in the study's layout", () => {
    for (const name of ['images', 'labels']) mkdirSync(join(folder, name));
    const image = join(folder, 'images', 'a.png');
    expect(findLabel(image)).toBeUndefined();
    const label = join(folder, 'labels', 'param_a.json');
    writeFileSync(label, '{}');
    expect(findLabel(image)).toBe(label);
    expect(findLabel(join(folder, 'labels', 'a.jpg'))).toBe(label);
    writeFileSync(join(folder, 'images', 'a.json'), '{}');
    expect(findLabel(image)).toBe(join(folder, 'images', 'a.json'));
  });
});
