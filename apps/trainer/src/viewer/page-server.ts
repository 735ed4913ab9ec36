import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.csv': 'text/csv; charset=utf-8',
  '.jsonl': 'text/plain; charset=utf-8',
  '.bin': 'application/octet-stream',
  '.md': 'text/plain; charset=utf-8',
};

/**
 * What the page may do, the same as its index.html says. Said there it reaches the page alone; a worker goes by what its own file was sent
 * with.
 */
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/** A server that runs. */
export interface PageServer {
  readonly url: string;
  /** Ends it, open connections included. */
  close(): Promise<void>;
}

/**
 * The file by which a page has the browser keep it. From here it is not to be had: the browser would keep the page for a port that another
 * program may take tomorrow, and show it there.
 */
const keeper = 'service-worker.js';

/** The name by which this machine knows itself: nobody else is answered. */
const host = '127.0.0.1';

/** Files that are no files of the page's folder, by their path in the address: their bytes, or what reads them. */
export interface OtherFiles {
  get(path: string): Uint8Array | (() => Promise<Uint8Array>) | undefined;
}

/**
 * Serves the files of a folder to this machine alone.
 *
 * @param folder with an index.html
 * @param port 0 for one that is free
 * @param others they come before the files of the folder
 * @throws the system's error if the port cannot be had (EADDRINUSE, EACCES)
 */
export async function servePage(folder: string, port: number, others: OtherFiles = new Map()): Promise<PageServer> {
  const server = createServer(async ({ method = 'GET', url = '/', headers }, response) => {
    // A page elsewhere that has a name point here gets nothing.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) return refuse(response, 403);
    if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405);
    const path = pathOf(url);
    if (path === undefined) return refuse(response, 400);
    if (path === keeper) return refuse(response, 404);
    try {
      const other = others.get(path.split(sep).join('/')) ?? (() => readFile(join(folder, path)));
      const body = typeof other === 'function' ? await other() : other;
      response.writeHead(200, {
        'Content-Type': types[extname(path).toLowerCase()] ?? 'application/octet-stream',
        'Content-Length': body.length,
        'Content-Security-Policy': policy,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-cache',
      });
      response.end(method === 'HEAD' ? undefined : body);
    } catch {
      refuse(response, 404);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: given } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${given}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' }).end(`${status}\n`);
}

/** The file that an address names; undefined for one that leads out of the folder or is no address. */
function pathOf(url: string): string | undefined {
  try {
    const path = normalize(decodeURIComponent(new URL(url, 'http://page').pathname).replace(/^\/+/, ''));
    if (path.includes('\0') || path.split(sep).includes('..')) return undefined;
    return path === '.' || path.endsWith(sep) ? join(path, 'index.html') : path;
  } catch {
    return undefined;
  }
}
