import { readFile } from 'node:fs/promises';

/** In place of `fetch`: files where they lie, or what takes their place, by the end of their address; undefined where it is not found. */
export function fetchFiles(changed: Readonly<Record<string, BodyInit | undefined>> = {}) {
  const fetch = async (url: string) => {
    const name = url.split('/').at(-1)!;
    const body = Object.hasOwn(changed, name) ? changed[name] : await readFile(new URL(url));
    return body === undefined ? new Response('', { status: 404 }) : new Response(body);
  };
  return { fetch };
}
