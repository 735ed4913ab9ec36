import { fileErrors } from './file-errors.js';

/** An error of the file system that also survives the way from a worker. */
export interface FileError {
  readonly code?: string;
  readonly path?: string;
  readonly message: string;
}

/** What is known of an error of the file system. */
export interface FileErrorFacts {
  /** The system's: `ENOSPC`. */
  readonly code: string;
  /** The file or folder, if the system or `namingPath` named it. */
  readonly path?: string;
  /** In words, whatever was done with the path: "the disk is full". `undefined` for codes that nothing is known of. */
  readonly reason?: string;
  /** The same where something was to be written: "the folder does not exist". */
  readonly writing?: string;
  /** Whether what is missing is space. */
  readonly outOfSpace: boolean;
}

/** What is known of an error of the file system; `undefined` for any other error. */
export function fileErrorFacts(error: unknown): FileErrorFacts | undefined {
  const { code, path } = (error ?? {}) as FileError;
  // The system's codes, not Node.js' own such as ERR_INVALID_ARG_TYPE.
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return undefined;
  const words = Object.hasOwn(fileErrors, code) ? fileErrors[code] : undefined;
  return {
    code,
    ...(path !== undefined && { path }),
    ...(words && { reason: words.reason, writing: words.writing ?? words.reason }),
    outOfSpace: words?.space ?? false,
  };
}

/** What to do about it, where that is known. */
export function fileErrorRemedy(error: unknown): string | undefined {
  return fileErrorFacts(error)?.outOfSpace ? 'free some space or use another folder' : undefined;
}

/**
 * What went wrong, in words: "the disk is full (ENOSPC)". `undefined` when it is no error of the file system.
 *
 * @param doing what failed; writing when left out
 */
export function explainFileError(error: unknown, doing: 'reading' | 'writing' = 'writing'): string | undefined {
  const facts = fileErrorFacts(error);
  if (!facts) return undefined;
  const words = doing === 'writing' ? facts.writing : facts.reason;
  return `${words ?? 'the file system refuses'} (${facts.code})`;
}
