import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where weights are kept that were fetched: `weights` in the folder that the environment variable KANRECON_CACHE names, or else in `kanrecon`
 * among the user's caches (XDG_CACHE_HOME or `~/.cache`; `~/Library/Caches` on macOS; LOCALAPPDATA on Windows).
 */
export function weightsCacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const { KANRECON_CACHE: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (own) return join(own, 'weights');
  // A relative one is to be ignored, by the XDG Base Directory Specification.
  const shared = xdg && isAbsolute(xdg) ? xdg : cachesOf(platform, local);
  return join(shared, 'kanrecon', 'weights');
}

function cachesOf(platform: NodeJS.Platform, local: string | undefined): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (platform === 'win32') return local || join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}
