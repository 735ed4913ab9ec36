import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../cli/package-folder.js';
import { UserError } from '../cli/user-error.js';
import type { Ui } from '../ui/ui.js';
import { openBrowser } from './open-browser.js';
import { type PageServer, servePage } from './page-server.js';

/** How the page is served. */
interface ServeViewerOptions {
  /** 0 for one that is free. */
  readonly port: number;
  /** Whether to open it in a browser. */
  readonly open: boolean;
}

/** Words for why a port cannot be had. */
const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it',
  EACCES: 'this user may not take it',
};

/**
 * Serves the page until it is told to stop.
 *
 * @returns the address that it had
 * @throws UserError if the page is not built, or the port cannot be had
 */
export async function serveViewer({ port, open }: ServeViewerOptions, ui: Ui, signal: AbortSignal) {
  const folder = join(packageFolder(), 'dist', 'viewer');
  if (!existsSync(join(folder, 'index.html'))) {
    throw new UserError(
      `The page is not there (${folder}); in a clone of the repository "npm run setup" builds it, otherwise install kanrecon again.`,
    );
  }
  const server = await servePage(folder, port).catch((error: NodeJS.ErrnoException): PageServer => {
    const reason = reasons[error.code ?? ''];
    if (!reason) throw error;
    throw new UserError(`Port ${port} cannot be had: ${reason}; leave --port out to take one that is free.`, {
      code: error.code!,
      cause: error,
    });
  });
  const { url } = server;
  ui.say(`The viewer is at ${url} (Ctrl-C ends it).`);
  if (open && !(await openBrowser(url))) ui.note('No browser could be started; open the address in yours.');
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
  return { url };
}
