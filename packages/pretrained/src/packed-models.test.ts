import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { packageTexts } from '../scripts/pack/write-package.mjs';
import { packedModels } from './packed-models.js';
import { pretrainedModels } from './pretrained-models.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (file: string) => readFileSync(`${root}/${file}`, 'utf8');

it('names every model that there is, here and in README.md', async () => {
  expect(await packageTexts(root)).toEqual({ source: text('src/packed-models.ts'), readme: text('README.md') });
  expect(readdirSync(`${root}/models`).sort()).toEqual(pretrainedModels.map(({ name }) => name).sort());
});

it.each(pretrainedModels)('the card of $name holds what it is packed by', ({ name, card }) => {
  expect(card.name).toBe(name);
  const error = Math.sqrt((1 - card.scores.r2.value) / 12);
  expect(card.halfPrecision.largestDifference).toBeLessThanOrEqual(0.1 * error);
  expect(card.halfPrecision.r2Change).toBeLessThanOrEqual(0.0002);
  const sizes = Object.values(packedModels[name].files()).map((file) => readFileSync(file).length);
  expect(card.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  const { value, interval95 } = card.scores.r2;
  expect(interval95[0]).toBeLessThan(value);
  expect(interval95[1]).toBeGreaterThan(value);
});
