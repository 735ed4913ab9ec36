/** macOS' Finder keeps a folder's icon in a file of this name, which is left out and no reason to refuse an archive. */
const folderIcon = /(^|[\\/])Icon\r$/;

/**
 * Why an entry's path cannot be that of a file in a folder, in words; `undefined` when it can. Both separators count on every
 * system, so that an archive is refused or taken everywhere alike.
 */
export function explainUnsafePath(path: string): string | undefined {
  if (path === '') return 'it has no name';
  if (/\p{Cc}/u.test(path.replace(folderIcon, '$1'))) return 'its name holds control characters';
  if (/^[\\/]/.test(path)) return 'its path is absolute; expected one inside the archive';
  if (/^[A-Za-z]:/.test(path)) return 'its path begins with a drive; expected one inside the archive';
  if (path.split(/[\\/]/).includes('..')) return 'its path leads out of the archive ("..")';
  if (path.length > 4096) return 'its path is longer than 4096 characters';
  return undefined;
}
