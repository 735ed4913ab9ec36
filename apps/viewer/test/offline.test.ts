import { expect, it } from 'vitest';
import { pageFixture, savedJson, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: offline');

it.skipIf(fixture.missing)('the viewer opens and answers without a network once it was visited', async () => {
  const { page } = await fixture.open();
  await settled(page);
  const before = await savedJson(page);
  await page.evaluate(async () => {
    const { active, installing, waiting } = await navigator.serviceWorker.ready;
    const worker = active ?? waiting ?? installing;
    while (worker?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });
  fixture.stopServing();
  await page.reload();
  await settled(page);
  expect(await savedJson(page)).toEqual(before);
  // The formulas' parser was not asked for before.
  await page.getByLabel('Surfaces', { exact: true }).first().check({ force: true });
  await page.getByLabel('your own formula').check();
  await page.locator('#parameter-knobs').waitFor();
  await page.context().close();
});
