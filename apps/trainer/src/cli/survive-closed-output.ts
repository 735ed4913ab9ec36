import { exitCodes } from './exit-codes.js';

/** Commands whose result is files: they go on working when nobody reads what they say. */
const worksSilently = ['train', 'synth', 'demo', 'dataset import', 'dataset download'];

/**
 * Keeps a closed pipe (`kanrecon train … | head -3`) or a full disk under stdout or stderr from ending the program with a
 * stack trace. Commands that make files go on silently, the others have nothing left to do and end.
 */
export function surviveClosedOutput(argv: readonly string[]): void {
  const goOn = worksSilently.includes(argv[0] ?? '') || worksSilently.includes(argv.slice(0, 2).join(' '));
  let told = false;
  const survive = (error: NodeJS.ErrnoException, canTell: boolean) => {
    const closed = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
    if (!closed && canTell && !told) {
      told = true;
      const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
      process.stderr.write(`The output cannot be written: ${reason}.\n`);
    }
    if (!goOn) process.exit(closed ? exitCodes.done : exitCodes.userMistake);
  };
  process.stdout.on('error', (error) => survive(error, true));
  process.stderr.on('error', (error) => survive(error, false));
}
