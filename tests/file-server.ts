import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server does to one request in place of what it should; true if it has answered. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse, content: Buffer) => boolean;

/** A request that came for a file. */
export interface SeenRequest {
  readonly path: string;
  readonly range?: string;
  readonly ifRange?: string;
}

/** A server of files on this machine, which keeps to Range and If-Range, counts what is asked for, and can be told to misbehave. */
export interface FileServer {
  /** With a slash at the end. */
  readonly url: string;
  /** Contents by path, without a slash at the beginning; may be changed at any time. */
  readonly files: Map<string, Buffer>;
  /** What happens to the next requests for files, one each. */
  misbehaviour: Misbehaviour[];
  /** Since the list was emptied. */
  requests: SeenRequest[];
  /** Whether answers bear an ETag. */
  tags: boolean;
  close(): void;
}

/** Starts a server at a free port. */
export async function startFileServer(): Promise<FileServer> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    const { range, 'if-range': ifRange } = request.headers;
    fileServer.requests.push({ path, ...(range && { range }), ...(ifRange && { ifRange: String(ifRange) }) });
    const content = fileServer.files.get(path);
    // For pages that come from another port.
    response.setHeader('access-control-allow-origin', '*');
    if (!content) {
      response.writeHead(404).end('not here');
      return;
    }
    if (fileServer.misbehaviour.shift()?.(request, response, content)) return;
    const tag = tagOf(content);
    const start = ifRange && ifRange !== tag ? 0 : startOf(request);
    const headers = fileServer.tags ? { etag: tag } : {};
    if (start > 0 && start >= content.length) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
      return;
    }
    response.writeHead(start > 0 ? 206 : 200, { ...headers, ...lengths(content, start) });
    response.end(content.subarray(start));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fileServer: FileServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    files: new Map(),
    misbehaviour: [],
    requests: [],
    tags: true,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return fileServer;
}

/** Long enough for what was sent to be read: clients drop what they hold of a connection that breaks. */
const soonMs = 250;

/** Sends so many bytes, then breaks the connection. */
export function breakOffAfter(bytes: number): Misbehaviour {
  return (request, response, content) => {
    const start = startOf(request);
    response.writeHead(start > 0 ? 206 : 200, { etag: tagOf(content), ...lengths(content, start) });
    response.write(content.subarray(start, start + bytes), () => setTimeout(() => response.destroy(), soonMs));
    return true;
  };
}

/** Sends so many bytes, then nothing for ever. */
export function stallAfter(bytes: number): Misbehaviour {
  return (request, response, content) => {
    const start = startOf(request);
    response.writeHead(start > 0 ? 206 : 200, { etag: tagOf(content), ...lengths(content, start) });
    response.write(content.subarray(start, start + bytes));
    return true;
  };
}

/** Answers with a status alone. */
export function answerWith(status: number, headers: Record<string, string> = {}): Misbehaviour {
  return (_, response) => Boolean(response.writeHead(status, headers).end());
}

/** Sends everything, whatever part was asked for. */
export const ignoreRange: Misbehaviour = (_, response, content) =>
  Boolean(response.writeHead(200, { etag: tagOf(content), 'content-length': content.length }).end(content));

/** Sends other bytes, as many as there should be or more or less. */
export function sendInstead(change: (content: Buffer) => Buffer): Misbehaviour {
  return (_, response, content) => {
    const other = change(content);
    return Boolean(response.writeHead(200, { 'content-length': other.length }).end(other));
  };
}

/** The ETag of a content. */
export function tagOf(content: Buffer): string {
  return `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`;
}

function startOf({ headers }: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
}

function lengths(content: Buffer, start: number) {
  return {
    'content-length': content.length - start,
    ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
  };
}
