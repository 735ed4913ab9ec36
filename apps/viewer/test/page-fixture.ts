import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, vi } from 'vitest';
import { chromiumForTest } from '../../../tests/browser/chromium-for-test.js';
import { serveFolder } from './serve-folder.js';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/** What a test has of the built page: a browser, and pages that are watched. */
export interface PageFixture {
  /** Whether there is no browser; tests are skipped then. */
  readonly missing: boolean;
  /** Opens the page in a window of its own. @param hash behind the address @param lost which files cannot be fetched */
  open(options?: BrowserContextOptions, hash?: string, lost?: (url: string) => boolean): Promise<WatchedPage>;
  /** Ends the server: from now on nothing can be fetched. */
  stopServing(): void;
}

/** A page, and all that went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors, console messages, what the page's policy forbade, requests that failed or went elsewhere. */
  readonly complaints: string[];
}

/** Milliseconds for what takes a second on a machine of its own: these processors may be shared by many. */
const patience = 120_000;

/** 3D graphics without a graphics card, and a camera that shows a test picture. */
const args = [
  ...['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  '--use-fake-device-for-media-stream',
];

/**
 * Starts a browser and a server before the tests of a file and ends them afterwards.
 *
 * @param what of the message where there is no browser
 * @param serve what serves the page; by default a web server of these tests, below a folder, as with other pages on it
 */
export function pageFixture(
  what: string,
  serve: () => Promise<{ url: string; close(): void }> = () => serveFolder(dist, '/some/folder/'),
): PageFixture {
  const executablePath = chromiumForTest(what);
  vi.setConfig({ testTimeout: 4 * patience, hookTimeout: 4 * patience });
  let browser: Browser | undefined;
  let server: Awaited<ReturnType<typeof serveFolder>> | undefined;
  if (executablePath) {
    beforeAll(async () => {
      if (!existsSync(dist)) throw new Error('apps/viewer is not built; run npm run setup');
      server = await serve();
      browser = await chromium.launch({ executablePath, args });
    });
    afterAll(async () => {
      await browser?.close();
      server?.close();
    });
  }
  return {
    missing: !executablePath,
    stopServing: () => server?.close(),
    async open(options = {}, hash = '', lost) {
      const context = await browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      if (lost)
        await context.route(
          ({ href }) => lost(href),
          (route) => route.abort(),
        );
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('requestfailed', (request) => {
        // What the page gives up itself, as the image of a case that is left, is no failure.
        if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
      });
      page.on('request', (request) => {
        if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(server!.url)) {
          complaints.push(`elsewhere: ${request.url()}`);
        }
      });
      await page.goto(server!.url + hash);
      return { page, complaints };
    },
  };
}

/** Waits for a network's answer and for the verdict. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.slider').first().waitFor();
  await page.locator('.badge.waiting').waitFor({ state: 'detached' });
}

/** Hands files to the page's file chooser. */
export async function choose(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.locator('input[type=file]').setInputFiles(files);
}

/** What the page saves as JSON: the study's label. */
export async function savedJson(page: Page): Promise<Record<string, unknown>> {
  return JSON.parse((await saved(page, 'JSON')).toString('utf8'));
}

/** The file that an entry of the menu saves. */
export async function saved(page: Page, label: string): Promise<Buffer> {
  await page.locator('.menu summary').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.menu-list button', { hasText: label }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
