/** What to tell the user about an error, and whether it is theirs to mend (exit code 2) or a bug (exit code 1). */
export interface DescribedError {
  message: string;
  isMistake: boolean;
  /** Which error it is, for programs: its own code, or the system's. */
  code?: string;
}

/** A mistake of the user's, in words that end like a sentence, whoever wrote them; with the stack trace if it is wanted. */
export function asMistake(message: string, error: Error, verbose: boolean): DescribedError {
  const { stack } = error;
  return { message: sentence(message) + (verbose && stack ? `\n${stack}` : ''), isMistake: true, ...codeOf(error) };
}

/** The code of an error that has one. */
export function codeOf(error: Error): { code?: string } {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? { code } : {};
}

/** The message, with a full stop if it has no end. */
export function sentence(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}
