import { pretrainedModels } from '@kanrecon/pretrained/names';
import { expect, it } from 'vitest';
import { shippedModelsJson, shippedModelsTable } from './shipped-models-table.js';

it('shows what each scores, of what is possible, and says so by name in JSON', () => {
  const [{ name, card }] = pretrainedModels as unknown as [(typeof pretrainedModels)[number]];
  const line = shippedModelsTable(pretrainedModels)
    .split('\n')
    .find((one) => one.startsWith(name))!;
  expect(line).toContain(card.scores.r2.value.toFixed(3));
  expect(line).toContain(`${card.scores.cameraDegrees!.value.toFixed(1)}°`);
  expect(line).toContain(`${(card.bytes / 1e6).toFixed(1)} MB`);
  expect(shippedModelsJson(pretrainedModels)[name]).toMatchObject({ shipped: true, scene: card.scene });
  const blind = { ...card, scores: { ...card.scores, bestR2: null, cameraDegrees: null } };
  expect(shippedModelsTable([{ name, card: blind }])).toMatch(/unknown .*not found/);
});
