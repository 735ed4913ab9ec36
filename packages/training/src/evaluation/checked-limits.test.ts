import { imageLimits } from '@kanrecon/identifiability';
import { sceneByName } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { cardLimits } from './card-limits.js';
import { checkedLimits } from './checked-limits.js';

const study = sceneByName('study');

it('takes what a card says, unless it does not fit the scene', async () => {
  const limits = await imageLimits(study);
  const stored = () => JSON.parse(JSON.stringify(limits));
  expect(checkedLimits(stored(), study)).toEqual(limits);
  const wrong: ((limits: ReturnType<typeof stored>) => void)[] = [
    (each) => delete each.summary,
    (each) => delete each.best.perParameter[2].r2,
    (each) => each.best.perParameter.pop(),
    (each) => each.invisible.push('nobody'),
    (each) => {
      each.combinations[0] = null;
    },
    (each) => {
      each.combinations[0].terms[0].parts[0].index = 17;
    },
    (each) => {
      each.best.r2 = null;
    },
  ];
  for (const spoil of wrong) {
    const spoilt = stored();
    spoil(spoilt);
    expect(checkedLimits(spoilt, study), String(spoil)).toBeUndefined();
    // Measured anew then.
    expect(await cardLimits({ scene: { name: 'study' }, limits: spoilt }, study)).toEqual(limits);
  }
});
