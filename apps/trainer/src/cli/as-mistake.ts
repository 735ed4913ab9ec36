/** What to tell the user about an error, and whether it is theirs to mend (exit code 2) or a bug (exit code 1). */
export interface DescribedError {
  message: string;
  isMistake: boolean;
}

/** A mistake of the user's, in words that end like a sentence, whoever wrote them; with the stack trace if it is wanted. */
export function asMistake(message: string, { stack }: Error, verbose: boolean): DescribedError {
  return { message: sentence(message) + (verbose && stack ? `\n${stack}` : ''), isMistake: true };
}

/** The message, with a full stop if it has no end. */
export function sentence(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}
