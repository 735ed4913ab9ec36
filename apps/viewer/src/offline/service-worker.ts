// Keeps the page for when there is no network. Files with a hash in their names never change: the kept ones do. The page itself is asked
// for anew wherever it can be had, so that nobody is left with an old one.

/** Every file of the page, and a name for this very set of them: written in place of the word by vite.config.ts. */
const { version, files } = JSON.parse('kanrecon-manifest') as { version: string; files: string[] };

const worker = self as unknown as ServiceWorkerScope;
/** Caches belong to all pages of a web server: those of other folders, and of other programs, stay untouched. */
const prefix = `kanrecon-page ${worker.location.pathname} `;
/** Models and runs that somebody has laid beside the page: others may lie there tomorrow. */
const own = ['models/', 'runs/'].map((folder) => new URL(folder, worker.location.href).pathname);

worker.addEventListener('install', (event) => {
  // Not from the browser's cache, which may have a page of one set and a file of another.
  const fresh = files.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(ownCache().then((cache) => cache.addAll(fresh)));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(removeOthers());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  const changes = request.mode === 'navigate' || own.some((folder) => pathname.startsWith(folder));
  event.respondWith(changes ? newOrKept(request) : keptOrNew(request));
});

function ownCache(): Promise<Cache> {
  return caches.open(prefix + version);
}

async function removeOthers(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && name !== prefix + version);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function newOrKept(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await ownCache()).match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

async function keptOrNew(request: Request): Promise<Response> {
  const cache = await ownCache();
  return (await cache.match(request)) ?? fetch(request);
}

/** What of a service worker is used here; TypeScript's own types of it exclude those of a page. */
interface ServiceWorkerScope {
  readonly location: Location;
  addEventListener(type: 'install' | 'activate', listener: (event: WaitingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchingEvent) => void): void;
}

interface WaitingEvent {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
