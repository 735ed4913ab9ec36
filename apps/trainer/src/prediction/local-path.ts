import { fileURLToPath } from 'node:url';
import { UserError } from '../cli/user-error.js';

/**
 * A word of the command line as a path: as it is, or what an address of a file (`file:///…`) leads to.
 *
 * @param rule what the program does, where an address of another kind is given
 * @throws UserError for such an address: nothing is fetched
 */
export function localPath(word: string, rule: string): string {
  const scheme = /^([a-z][a-z\d+.-]+):\/\//i.exec(word)?.[1]?.toLowerCase();
  if (scheme === undefined) return word;
  if (scheme !== 'file') {
    throw new UserError(`${word}: ${rule}, and nothing is fetched from the network; download it, then give the file.`);
  }
  try {
    return fileURLToPath(word);
  } catch (cause) {
    throw new UserError(`${word}: this address leads to no file of this machine; expected file:///<path>.`, { cause });
  }
}
