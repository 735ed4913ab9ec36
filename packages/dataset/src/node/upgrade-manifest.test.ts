import { expect, it } from 'vitest';
import { upgradeManifest } from './upgrade-manifest.js';

const counts = { seed: 7, shapes: 2 };
const versions = { '@kanrecon/dataset': '0.0.0', '@kanrecon/render': '0.0.0' };

it('reads what earlier versions wrote', () => {
  expect(upgradeManifest({ format: 1, preset: 'study', ...counts } as never)).toEqual({
    ...{ format: 3, ...counts },
    scene: { name: 'study' },
  });
  const parts = { surface: 'vase', overrides: { pattern: 'stripes' } };
  expect(upgradeManifest({ format: 2, preset: 'fluted', ...parts, ...counts } as never)).toEqual({
    ...{ format: 3, ...counts },
    scene: { name: 'fluted', surface: 'vase', changes: { pattern: 'stripes' } },
  });
  // Its images can be gone on with: what draws scenes was a part of dataset.
  expect(upgradeManifest({ format: 1, versions } as never)).toMatchObject({
    versions: { ...versions, '@kanrecon/scene': '0.0.0' },
  });
  expect(upgradeManifest({ format: 2 })).toEqual({ format: 3 });
  expect(upgradeManifest({ format: 3, ...counts })).toEqual({ format: 3, ...counts });
});
