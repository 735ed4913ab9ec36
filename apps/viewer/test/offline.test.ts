import { expect, it } from 'vitest';
import { pageFixture, savedJson, settled } from './page-fixture.js';

const fixture = pageFixture('The viewer: offline');

it.skipIf(fixture.missing)('the viewer opens and answers without a network once it was visited', async () => {
  const { page } = await fixture.open();
  await settled(page);
  const before = await savedJson(page);
  const caches = await page.evaluate(async () => {
    const kept = async ({ active, installing, waiting }: ServiceWorkerRegistration) => {
      const worker = installing ?? waiting ?? active;
      while (worker?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const first = await navigator.serviceWorker.ready;
    await kept(first);
    // Another folder's, and this page's of before: a worker that is installed anew removes its own alone.
    const [own] = await self.caches.keys();
    const before = own!.replace(/\w+$/, 'before');
    for (const name of ['kanrecon-page /other/service-worker.js before', before]) await self.caches.open(name);
    await first.unregister();
    await kept(await navigator.serviceWorker.register('./service-worker.js'));
    return await self.caches.keys();
  });
  expect(caches.sort()).toEqual([
    'kanrecon-page /other/service-worker.js before',
    expect.stringMatching(/^kanrecon-page \/some\/folder\/service-worker\.js [0-9a-f]{16}$/),
  ]);
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
