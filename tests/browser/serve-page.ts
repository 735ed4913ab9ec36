import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { build } from 'esbuild';

const types: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
/** A page gets shared memory, and with it tfjs' multi-threaded build, only under these headers. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Options of {@link servePage}. */
export interface PageOptions {
  /** Path of the folder with page.ts and the other scripts. */
  readonly folder: string;
  /** Scripts to bundle, each its own file; page.ts, which the page starts, is one of them. */
  readonly scripts: readonly string[];
  /** Modules that the sources import where they need them, and nothing on the page does. */
  readonly external?: readonly string[];
  /** A folder whose files are served as well. */
  readonly assets?: string;
  /** Whether the page is cross-origin isolated. Default false. */
  readonly isolated?: boolean;
  /** A content security policy. None when left out. */
  readonly policy?: string;
}

/**
 * Serves an empty page with its scripts and the .wasm files of the tfjs that these use, from this machine, at a free port.
 */
export async function servePage(options: PageOptions): Promise<{ url: string; close(): void }> {
  const { folder, assets, isolated = false, policy } = options;
  const files = await bundle(options);
  const { resolve } = createRequire(join(folder, 'page.ts'));
  const tfjsFile = (name: string) =>
    join(dirname(resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out', name);
  const readOther = (path: string) => {
    const file = path.replaceAll('..', '');
    return assets && extname(file) !== '.wasm' ? readFile(join(assets, file)) : readFile(tfjsFile(file));
  };
  const server: Server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const headers = { ...(isolated ? isolation : {}), ...(policy ? { 'Content-Security-Policy': policy } : {}) };
    try {
      const body =
        path === '/'
          ? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>'
          : (files.get(path) ?? (await readOther(path)));
      response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'text/html', ...headers }).end(body);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

async function bundle({ folder, scripts, external = [] }: PageOptions): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: scripts.map((name) => join(folder, name)),
    bundle: true,
    external: [...external],
    format: 'esm',
    platform: 'browser',
    outdir: '/',
    write: false,
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, contents }) => [`/${path.split(/[\\/]/).at(-1)}`, contents]));
}
