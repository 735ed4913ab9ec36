import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const types: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
/** A page gets shared memory, and with it tfjs' multi-threaded build, only under these headers. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/**
 * Serves an empty page with page.ts, worker.ts and tfjs' .wasm files from this machine, at a free port.
 *
 * @param isolated whether the page is cross-origin isolated
 */
export async function servePage(isolated: boolean): Promise<{ url: string; close(): void }> {
  const files = await bundle();
  const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  const server: Server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const headers = isolated ? isolation : {};
    try {
      const body =
        path === '/'
          ? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>'
          : (files.get(path) ?? (await readFile(join(wasmFolder, 'wasm-out', path.replaceAll('..', '')))));
      response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'text/html', ...headers }).end(body);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

async function bundle(): Promise<Map<string, Uint8Array>> {
  const folder = dirname(fileURLToPath(import.meta.url));
  const { outputFiles } = await build({
    entryPoints: ['page.ts', 'worker.ts'].map((name) => join(folder, name)),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    outdir: '/',
    write: false,
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, contents }) => [`/${path.split(/[\\/]/).at(-1)}`, contents]));
}
