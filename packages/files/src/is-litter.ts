/** macOS' Finder keeps a folder's own icon in a file whose name ends with a carriage return; some programs write it as `_`. */
const folderIcon = /^Icon(?:\r|_|\uf00d)$/;
const windowsFiles = /^(?:(?:eh)?thumbs\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information)$/i;

/**
 * Whether a file or folder of this name is one that operating systems leave beside people's files, or a hidden one: `.DS_Store`,
 * `._image.png`, `Icon\r` and `__MACOSX` of macOS, `Thumbs.db` and `desktop.ini` of Windows, and whatever begins with a dot.
 */
export function isLitter(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX' || folderIcon.test(name) || windowsFiles.test(name);
}
