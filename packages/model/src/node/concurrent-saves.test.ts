import { readdir, rename } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { images, size, useFolder } from '../../test/saved-models.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { loadReconstructor } from './load-reconstructor.js';
import { saveReconstructor } from './save-reconstructor.js';

const at = useFolder();

describe('loadReconstructor', () => {
  it('can be loaded at any moment while further saves replace it', async () => {
    const directory = at('busy');
    const reconstructors = [1, 2].map((seed) => createReconstructor({ targets: spiralTargets, imageSize: size, seed }));
    const expected = await Promise.all(reconstructors.map((each) => each.predictBatch(images)));
    await saveReconstructor(reconstructors[0], directory, { extra: 0 });
    let saving = true;
    const saves = (async () => {
      for (let i = 1; i < 12; i++) await saveReconstructor(reconstructors[i % 2], directory, { extra: i });
    })().finally(() => {
      saving = false;
    });
    const seen = new Set<unknown>();
    while (saving) {
      const { reconstructor, extra } = await loadReconstructor(directory);
      expect(await reconstructor.predictBatch(images)).toEqual(expected[(extra as number) % 2]);
      reconstructor.dispose();
      seen.add(extra);
    }
    await saves;
    expect(seen.size).toBeGreaterThan(1);
    for (const each of reconstructors) each.dispose();
  });

  it('reads the previous save if a later one was cut off between its renames', async () => {
    const directory = at('previous');
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    await saveReconstructor(reconstructor, directory, { extra: 1 });
    await rename(directory, `${directory}.previous`);
    expect((await loadReconstructor(directory)).extra).toBe(1);
    await saveReconstructor(reconstructor, directory, { extra: 2 });
    expect((await loadReconstructor(directory)).extra).toBe(2);
    expect((await readdir(at())).filter((name) => name.startsWith('previous'))).toEqual(['previous']);
  });
});
