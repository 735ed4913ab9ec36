import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * A path as files say it that may be moved together with what it leads to: seen from a folder, with forward slashes on every system. On
 * another drive there is no way from here to there; then it stays as it is.
 */
export function portablePath(folder: string, path: string): string {
  const way = relative(resolve(folder), resolve(path));
  return isAbsolute(way) ? way : way.split(sep).join('/') || '.';
}
