import '@tensorflow/tfjs-backend-cpu';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { setBackend, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { countParameters, type LayerName } from '../src/index.js';
import { layerTable } from '../src/layer-table.js';

type MakeLayer = (args: object) => layers.Layer;

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README’s table of layers', () => {
  const rows = [...readme.matchAll(/^\| `([\w.]+)`(, [\w ]+?)? +\|.*\| ([\d,]+) +\|$/gm)].map(
    ([, layer, note, count]) => ({
      layer: layer!,
      note: note?.slice(2) ?? '',
      count: Number(count!.replaceAll(',', '')),
    }),
  );

  it('has every layer', () => {
    const names = [...Object.keys(layerTable), 'layers.dense'].sort();
    expect([...new Set(rows.map(({ layer }) => layer))].sort()).toEqual(names);
  });

  it.each(rows)('gives $layer $note the parameters that it has: $count', async ({ layer, note, count }) => {
    await setBackend('cpu');
    const extra = note === 'no layer norm' ? { layerNorm: false } : {};
    tidy(() => {
      const make = (layer === 'layers.dense' ? layers.dense : layerTable[layer as LayerName].make) as MakeLayer;
      const made = make({ units: 6, seed: 1, ...extra });
      made.build([null, 1280]);
      expect(countParameters(made).trainable).toBe(count);
      for (const weight of made.weights) weight.dispose();
    });
  });
});

describe('the README’s program', () => {
  const folder = new URL('../.cache/readme/', import.meta.url);
  const home = process.cwd();
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    process.chdir(folder.pathname);
  });
  afterAll(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  it('runs and prints what it says', async () => {
    const program = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code).join('\n');
    // What the Python lines write for a layer of 1280 inputs and 6 units.
    const shapes = { base_weight: [6, 1280], spline_weight: [6, 1280, 8], spline_scaler: [6, 1280], grid: [1280, 12] };
    const state = Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const data = Array.from({ length: size }, (_, i) => (name === 'grid' ? ((i % 12) - 3) * 0.4 - 1 : (i % 7) / 7));
      return [name, { shape, data }];
    });
    writeFileSync('kan.json', JSON.stringify(Object.fromEntries(state)));
    const source = new URL('../src/index.ts', import.meta.url).pathname;
    writeFileSync('program.mjs', program.replaceAll("'@kanrecon/kan-layers'", `'${source}'`));

    const expected = [...program.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line);
    expect(expected.length).toBeGreaterThan(6);
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    await import(/* @vite-ignore */ pathToFileURL('program.mjs').href);
    const lines = printed.mock.calls.map((parts) => parts.map(String).join(' '));
    printed.mockRestore();
    expect(lines).toEqual(expected);
    // Ten seconds on a quiet machine.
  }, 300_000);
});
