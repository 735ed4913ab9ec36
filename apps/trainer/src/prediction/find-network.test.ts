import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findNetwork } from './find-network.js';

const root = mkdtempSync(join(tmpdir(), 'kanrecon-network-'));
const at = (...parts: string[]) => join(root, ...parts);
afterAll(() => rmSync(root, { recursive: true }));
beforeAll(() => {
  for (const model of ['run/best', 'run/last', 'model']) {
    mkdirSync(at(model), { recursive: true });
    writeFileSync(at(model, 'model.json'), '{}');
  }
  writeFileSync(at('run', 'config.json'), '{}');
});

it.each(['best', 'last'] as const)('a run has a checkpoint to choose: %s', async (checkpoint) => {
  expect(await findNetwork(at('run'), checkpoint, true)).toMatchObject({ kind: 'run', at: at('run') });
});

it('a model by itself has none, however it is named', async () => {
  const refused = (word: string) =>
    findNetwork(word, 'last', true).then(
      () => '',
      ({ message }: Error) => message,
    );
  const words = [at('model'), pathToFileURL(at('model')).href, 'http://127.0.0.1:9/model', 'https://x.org/model'];
  for (const word of words) {
    const message = `${word} is a model by itself, not a run with two checkpoints; leave --checkpoint out.`;
    expect(await refused(word)).toBe(message);
    expect(await findNetwork(word, 'best', false)).toBeTruthy();
  }
  expect(await refused(at('run', 'best'))).toMatch(/; leave --checkpoint out, or give the run .*run\.$/);
});
