/** An entry's path with plain separators and without empty parts and `.`; `a//./b/` becomes `a/b`. */
export function normalizedPath(path: string): string {
  return path
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/**
 * What two paths have in common that some file system takes for the same: letters' case, the Unicode form of accents, and dots
 * and spaces at the end of a name.
 */
export function pathKey(path: string): string {
  return path
    .split('/')
    .map((part) =>
      part
        .replace(/[. ]+$/, '')
        .normalize('NFC')
        .toLowerCase()
        .normalize('NFC'),
    )
    .join('/');
}
