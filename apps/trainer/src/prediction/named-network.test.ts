import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pretrainedFolder, pretrainedModels } from '@kanrecon/pretrained/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { namedNetwork } from './named-network.js';

const root = mkdtempSync(join(tmpdir(), 'kanrecon-named-'));
const before = process.cwd();
beforeAll(() => process.chdir(root));
afterEach(() => rmSync(join(root, 'observable'), { recursive: true, force: true }));
afterAll(() => {
  process.chdir(before);
  rmSync(root, { recursive: true });
});

const names = pretrainedModels.map(({ name }) => name).join(', ');
const refused = (word: string, named = false) =>
  namedNetwork(word, 'best', named).then(
    () => '',
    ({ message }: Error) => message,
  );

describe('namedNetwork', () => {
  it('finds a shipped model by its name', async () => {
    expect(await namedNetwork('observable', 'best', false)).toEqual({
      place: { kind: 'model', at: pretrainedFolder('observable') },
      note: 'The network is the shipped model observable.',
      shipped: true,
    });
    expect(await refused('observable', true)).toBe(
      'observable is a shipped model, not a run with two checkpoints; leave --checkpoint out.',
    );
  });

  it('takes a folder of that name before it, and says so', async () => {
    mkdirSync('observable');
    writeFileSync(join('observable', 'model.json'), '{}');
    expect(await namedNetwork('observable', 'best', false)).toEqual({
      place: { kind: 'model', at: 'observable' },
      note: 'The network is the folder observable, which is here, not the shipped model of that name.',
    });
    mkdirSync('other');
    writeFileSync(join('other', 'model.json'), '{}');
    expect(await namedNetwork('other', 'best', false)).toEqual({ place: { kind: 'model', at: 'other' } });
    expect(await namedNetwork('https://x.org/model', 'best', false)).toMatchObject({ place: { kind: 'address' } });
  });

  it('names the nearest model where there is neither', async () => {
    expect(await refused('Observabel')).toBe(
      `Observabel is neither a folder here nor a shipped model (${names}); did you mean observable?`,
    );
    expect(await refused('nowhere')).toBe(
      `nowhere is neither a folder here nor a shipped model (${names}); "kanrecon train" makes a run.`,
    );
    expect(await refused('runs/observable')).not.toContain('did you mean');
  });
});
