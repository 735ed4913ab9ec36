/** An error of the file system that also survives the way from a worker. */
export interface FileError {
  readonly code?: string;
  readonly path?: string;
  readonly message: string;
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file is in the way where a folder is needed',
  EEXIST: 'a file is in the way where a folder is needed',
  EISDIR: 'a folder is in the way where a file is needed',
  ENOENT: 'the folder does not exist',
  EMFILE: 'too many files are open',
  ENOTSUP: 'no folder can be made there',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk reports an error',
};

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space or use another folder',
  EDQUOT: 'free some space or use another folder',
};

/** What to do about it, where that is known. */
export function fileErrorRemedy(error: unknown): string | undefined {
  return remedies[(error as FileError).code ?? ''];
}

/** What went wrong when writing, in words: "the disk is full (ENOSPC)". `undefined` when it is no error of the file system. */
export function explainFileError(error: unknown): string | undefined {
  const { code } = error as FileError;
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return undefined;
  return `${reasons[code] ?? 'the file system refuses'} (${code})`;
}
