import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseExperiment } from '@kanrecon/training';
import { runFolder } from '@kanrecon/training/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluationFolder } from './evaluation-folder.js';

const root = mkdtempSync(join(tmpdir(), 'kanrecon-evaluation-'));
afterAll(() => rmSync(root, { recursive: true }));
const at = (...parts: string[]) => join(root, ...parts);

beforeAll(() => {
  for (const name of ['data', 'other/data', 'third/data']) mkdirSync(at(name), { recursive: true });
  for (const name of ['run', 'moved/run']) {
    const experiment = parseExperiment({
      model: { backbone: 'smallCnn', imageSize: 32, head: { type: 'mlp' } },
      data: { kind: 'dataset', folder: '../data' },
      optimizer: { learningRate: 1e-3 },
      budget: { epochs: 1 },
    });
    const config = { format: 2, name: 'x', experiment, scene: { name: 'study' }, backend: 'wasm', versions: {} };
    mkdirSync(at(name), { recursive: true });
    writeFileSync(at(name, 'config.json'), JSON.stringify(config));
  }
});

async function name(dataset: string, checkpoint: 'best' | 'last' = 'best', run = 'run'): Promise<string> {
  const folder = await evaluationFolder(
    { folder: runFolder(at(run)) },
    { dataset: at(dataset), split: 'test', checkpoint },
  );
  return relative(at(run), folder).replaceAll('\\', '/');
}

it("is named after data set and split for the best checkpoint on the run's own data, by whatever path", async () => {
  expect(await name('data')).toBe('evaluation/data-test');
  expect(await name('other/../data')).toBe('evaluation/data-test');
  if (process.platform === 'win32') return;
  symlinkSync(at('data'), at('link'));
  expect(await name('link')).toBe('evaluation/link-test');
});

it('is another one for each checkpoint and each data set, whatever their names', async () => {
  expect(await name('data', 'last')).toBe('evaluation/data-test-last');
  const [other, third] = [await name('other/data'), await name('third/data')];
  for (const found of [other, third]) expect(found).toMatch(/^evaluation\/data-[0-9a-f]{8}-test$/);
  expect(third).not.toBe(other);
  expect(await name('other/data', 'last')).toBe(`${other}-last`);
});

it('stays when run and data are moved together', async () => {
  mkdirSync(at('moved/other/data'), { recursive: true });
  expect(await name('moved/other/data', 'best', 'moved/run')).toBe(await name('other/data'));
});
