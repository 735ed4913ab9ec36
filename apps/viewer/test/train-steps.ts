import type { Page } from 'playwright-core';
import type { WatchedPage } from './page-fixture.js';

/** A training of seconds: three epochs of six steps, so slowly that rounding stays small. */
export const tiny = { epochs: 3, epochImages: 48, batchSize: 8, imageSize: 32, learningRate: 1e-4 } as const;

/** Shows the mode in which networks are trained. */
export async function showTraining(page: Page): Promise<void> {
  await page.locator('.slider').first().waitFor();
  await page.getByLabel('Train', { exact: true }).check({ force: true });
  await page.getByRole('heading', { name: 'Train a network' }).waitFor();
}

/** Chooses a tiny training. */
export async function chooseTiny(page: Page): Promise<void> {
  await page.getByText('More settings').click();
  for (const [label, value] of [
    ['Epochs', tiny.epochs],
    ['Images an epoch', tiny.epochImages],
    ['Images a step', tiny.batchSize],
    ['Learning rate, at its highest', tiny.learningRate],
  ] as const) {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(String(value));
    await field.blur();
  }
  await page.getByLabel('Width of images in pixels').selectOption(String(tiny.imageSize));
}

/** Presses Train or Resume, and waits for the end of it. */
export async function trainToEnd(page: Page, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
}

/** What the browser keeps of a model: what is listed of it, and the weights that training goes on from. */
export function keptBy(page: WatchedPage['page'], name: string) {
  return page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const base = await done(indexedDB.open('kanrecon-models'));
    const store = (of: string) => base.transaction(of).objectStore(of);
    const model = await done(store('models').get(wanted));
    const last = await done(store('states').get([wanted, 'last']));
    base.close();
    const hash = last && new Uint8Array(await crypto.subtle.digest('SHA-256', last.weights)).join(' ');
    return { model, weights: hash };
  }, name);
}

/** Keeps a copy of a model under another name and with another size, as a second window would. */
export function keepElsewhere(page: WatchedPage['page'], name: string, copy: string) {
  return page.evaluate(
    async ({ name, copy }) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const base = await done(indexedDB.open('kanrecon-models'));
      const models = base.transaction('models', 'readwrite').objectStore('models');
      await done(models.put({ ...(await done(models.get(name))), name: copy, bytes: 7 }, copy));
      base.close();
    },
    { name, copy },
  );
}
