import { fileErrorFacts } from '@kanrecon/files/node';
import { exitCodes } from './exit-codes.js';

/**
 * Keeps a closed pipe (`kanrecon train … | head -3`) or a full disk under stdout or stderr from ending the program with a
 * stack trace.
 *
 * @param goOn whether to go on silently, as a command that makes files does; the others have nothing left to do and end
 */
export function surviveClosedOutput(goOn: boolean): void {
  let told = false;
  const survive = (error: NodeJS.ErrnoException, canTell: boolean) => {
    const closed = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
    if (!closed && canTell && !told) {
      told = true;
      const reason = fileErrorFacts(error)?.reason ?? error.message;
      process.stderr.write(`The output cannot be written: ${reason}.\n`);
    }
    if (!goOn) process.exit(closed ? exitCodes.done : exitCodes.userMistake);
  };
  process.stdout.on('error', (error) => survive(error, true));
  process.stderr.on('error', (error) => survive(error, false));
}
