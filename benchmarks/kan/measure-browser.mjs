// One contender of kan.bench.mjs: a stack of layers on webgl or webgpu in headless Chromium. Prints one JSON line.
//   --backend webgl | webgpu   --layer NAME --widths 1280,6 --batch N --rounds N
//   --software-gpu   with Chromium's graphics card in software: shows that it runs, says nothing of the speed of a card
// Not measured here is the memory of the browser's processes; what the tensors take is.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { findChromium } from '../../tests/browser/find-chromium.mjs';
import { readContenderArguments } from './contender-arguments.mjs';

const { backend, 'software-gpu': inSoftware, ...what } = readContenderArguments('software-gpu');
const software = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--use-webgpu-adapter=swiftshader'];

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('browser-page.mjs', import.meta.url))],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  write: false,
  logLevel: 'error',
});
const args = ['--no-sandbox', '--enable-unsafe-webgpu', ...(inSoftware ? software : ['--enable-gpu'])];
const browser = await chromium.launch({ executablePath: findChromium(), args });
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(String(error)));
  // A page of localhost, where webgpu is allowed; nothing is fetched.
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto('http://localhost/');
  await page.addScriptTag({ type: 'module', content: outputFiles[0].text });
  await page.waitForFunction(() => globalThis.measure !== undefined, undefined, { timeout: 10_000 });
  const run = ([backend, what]) => globalThis.measure(backend, what);
  console.log(JSON.stringify(await page.evaluate(run, [backend, what])));
} catch (error) {
  console.error(`Error: ${String(error).split('Error: ').at(-1)}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
