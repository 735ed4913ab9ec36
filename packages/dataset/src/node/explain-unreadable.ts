import { explainFileError } from '@kanrecon/files/node';

/** Why something cannot be read, in words: "permission denied (EACCES)". */
export function explainUnreadable(error: unknown): string {
  return explainFileError(error, 'reading') ?? (error as Error).message;
}
