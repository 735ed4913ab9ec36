import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawnImage } from './drawn-image.js';
import { choose, pageFixture, settled } from './page-fixture.js';

// Images in a row: memory may grow by what is listed in the page, and by nothing else.
// GROWTH_IMAGES=200 opens 200 images and prints what the README says of them.

const fixture = pageFixture('The viewer: growth');
const images = Number(process.env['GROWTH_IMAGES'] ?? 40);
const each = 10;
/** Of a page whose code has all been loaded and used. */
const warm = 20;

const scenes = ['observable', 'study', 'fluted'] as const;

/** What a page holds on to. */
interface Held {
  readonly page: number;
  readonly worker: number;
  /** Memory of WebAssembly and typed arrays. */
  readonly pageBytes: number;
  readonly workerBytes: number;
  readonly tensors: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly addresses: number;
  readonly graphics: number;
}

/** Counts addresses of objects, and buffers, textures and programs of 3D graphics. */
const counting = `(() => {
  const held = { addresses: 0, graphics: 0 };
  window.held = held;
  const count = (of, name, key, by) => {
    const own = of[name];
    of[name] = function (...args) { held[key] += by; return own.apply(this, args); };
  };
  count(URL, 'createObjectURL', 'addresses', 1);
  count(URL, 'revokeObjectURL', 'addresses', -1);
  for (const kind of ['Buffer', 'Texture', 'Program', 'VertexArray', 'Framebuffer']) {
    count(WebGL2RenderingContext.prototype, 'create' + kind, 'graphics', 1);
    count(WebGL2RenderingContext.prototype, 'delete' + kind, 'graphics', -1);
  }
})()`;

describe.skipIf(fixture.missing)('the viewer, for long', () => {
  it(
    `holds of ${images} images in a row what it lists, and nothing of what was removed`,
    async () => {
      // A small canvas is drawn sooner where the processor draws it.
      const { page, complaints } = await fixture.open({ viewport: { width: 390, height: 844 } });
      await page.addInitScript(counting);
      await page.reload();
      await settled(page);
      const measure = await measuring(page);
      const seen: (Held & { readonly opened: number })[] = [];
      for (let opened = 0; opened < images; ) {
        for (let i = 0; i < each; i++, opened++) {
          const { file } = drawnImage(scenes[opened % scenes.length]!, 8000 + opened, 128);
          await choose(page, { ...file, name: `image ${opened}.png` });
          await page.locator('.panel-note', { hasText: `image ${opened}.png` }).waitFor();
          await settled(page);
        }
        const now = { opened, ...(await measure()) };
        console.log(rowOf(now));
        seen.push(now);
      }
      const [first, last] = [seen.find(({ opened }) => opened >= warm)!, seen.at(-1)!];
      const more = Math.max(1, last.opened - first.opened);
      const grown = (key: keyof Held) => (last[key] - first[key]) / more;
      // An image is kept, with the networks' answers, its tile and its steps of undo.
      expect(grown('page')).toBeLessThan(60_000);
      expect(grown('pageBytes')).toBeLessThan(250_000);
      expect(grown('nodes')).toBeLessThan(40);
      expect(grown('listeners')).toBeLessThan(8);
      // Nothing of it is kept anywhere else.
      expect(grown('worker')).toBeLessThan(20_000);
      expect(grown('workerBytes')).toBeLessThan(20_000);
      expect(last.tensors).toBe(first.tensors);
      expect(last.addresses).toBe(first.addresses);
      expect(last.graphics).toBe(first.graphics);

      // And nothing at all of what is removed.
      await page.evaluate(async () => {
        for (;;) {
          const button = document.querySelector<HTMLButtonElement>('.thumbnails .remove');
          if (!button) return;
          button.click();
          await new Promise((resolve) => setTimeout(resolve));
        }
      });
      const left = await measure();
      console.log(rowOf({ opened: 0, ...left }));
      expect(left.page).toBeLessThan(first.page + 1_000_000);
      expect(left.nodes).toBeLessThan(first.nodes + 100);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    240_000 + 30_000 * images,
  );
});

/** What measures a page and its worker, after all garbage was collected. */
async function measuring(page: Page): Promise<() => Promise<Held>> {
  const cdp = await page.context().newCDPSession(page);
  const worker = await workerSession(cdp);
  await cdp.send('HeapProfiler.enable');
  await worker('HeapProfiler.enable');
  return async () => {
    // A second time for what finalisers have let go of.
    for (let i = 0; i < 2; i++) {
      await cdp.send('HeapProfiler.collectGarbage');
      await worker('HeapProfiler.collectGarbage');
    }
    const own = (await cdp.send('Runtime.getHeapUsage')) as Heap;
    const its = (await worker('Runtime.getHeapUsage')) as Heap;
    const { nodes, jsEventListeners: listeners } = await cdp.send('Memory.getDOMCounters');
    const code = 'globalThis._tfengine?.memory().numTensors ?? -1';
    const told = (await worker('Runtime.evaluate', { expression: code })) as { result: { value: number } };
    const held = await page.evaluate(
      () => (window as unknown as { held: { addresses: number; graphics: number } }).held,
    );
    return {
      ...{ page: own.usedSize, pageBytes: own.backingStorageSize ?? 0 },
      ...{ worker: its.usedSize, workerBytes: its.backingStorageSize ?? 0 },
      ...{ tensors: told.result.value, nodes, listeners, ...held },
    };
  };
}

interface Heap {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

/** Commands to the page's worker: playwright has sessions of pages alone. */
async function workerSession(cdp: CDPSession): Promise<(method: string, params?: object) => Promise<unknown>> {
  let next = 1;
  const waiting = new Map<number, (answer: { result?: unknown; error?: { message: string } }) => void>();
  const attached = new Promise<string>((resolve) => {
    cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message);
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  return async (method, params = {}) => {
    const id = next++;
    const answered = new Promise<{ result?: unknown; error?: { message: string } }>((resolve) => {
      waiting.set(id, resolve);
    });
    await cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    const { result, error } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
}

function rowOf({
  opened,
  page,
  pageBytes,
  worker,
  workerBytes,
  ...counts
}: Held & { readonly opened: number }): string {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
  const others = Object.entries(counts).map(([name, value]) => `${value} ${name}`);
  return `${opened} images: page ${mb(page)} + ${mb(pageBytes)}, worker ${mb(worker)} + ${mb(workerBytes)}, ${others.join(', ')}`;
}
