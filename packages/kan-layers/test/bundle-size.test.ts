import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { layerTable } from '../src/layer-table.js';

const index = fileURLToPath(new URL('../src/index.ts', import.meta.url));

/** A minified bundle of one export, as a user's bundler makes it from the package, whose build leaves file by file. */
async function bundle(name: string): Promise<{ kilobytes: number; layers: string[]; files: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export ${name === '*' ? name : `{ ${name} }`} from '${index}'`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    external: ['@tensorflow/*'],
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output!.inputs).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file] : [],
  );
  return {
    kilobytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000,
    layers: files.flatMap((file) => /-kan\/([a-z-]+-kan)\.ts$/.exec(file)?.[1] ?? []),
    files,
  };
}

/** fastKAN lives in fast-kan.ts. */
const fileOf = (factory: string) =>
  factory.replace(/KAN$/, '-kan').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const sizes = [...readme.matchAll(/^\| `([\w*]+)` +\| ([\d.]+) +\|$/gm)].map(([, name, kilobytes]) => ({
  name: name!,
  kilobytes: Number(kilobytes),
}));

describe('the README’s sizes', () => {
  it('has every layer', () => {
    expect(sizes.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(layerTable)));
  });

  it.each(sizes)('$name: $kilobytes kB', async ({ name, kilobytes }) => {
    expect(Math.abs((await bundle(name)).kilobytes - kilobytes)).toBeLessThan(0.15);
  });
});

describe('a bundle with one layer', () => {
  it.each(Object.keys(layerTable))('%s has no other one', async (name) => {
    const { kilobytes, layers } = await bundle(name);
    expect(layers.sort()).toEqual(name === 'legendreKAN' ? ['jacobi-kan', 'legendre-kan'] : [fileOf(name)]);
    expect(kilobytes).toBeLessThan(9);
  });

  it('fourierKAN has nothing of edges, grids and formulas, and is small', async () => {
    const { kilobytes, files } = await bundle('fourierKAN');
    expect(files.filter((file) => /edge|reading|grids|expansion\/expansion|regularization/.test(file))).toEqual([]);
    expect(kilobytes).toBeLessThan(5.5);
  });

  it.each(['plotKAN', 'prune', 'autoSymbolic'])('%s brings no layer along', async (name) => {
    expect((await bundle(name)).layers).toEqual([]);
  });
});
