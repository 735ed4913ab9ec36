import { spawn } from 'node:child_process';

/** What opens an address in the user's browser, by `process.platform`. */
const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in the browser that the user has chosen. @returns whether there is something that opens addresses */
export function openBrowser(url: string): Promise<boolean> {
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const opener = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('exit', (code) => resolve(code === 0));
    // A browser may stay the opener's child: what still runs after two seconds has found one.
    setTimeout(() => resolve(true), 2000).unref();
    opener.unref();
  });
}
