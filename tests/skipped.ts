/** Says in one sentence what is skipped; on a machine that decides what may be merged nothing is passed over, it throws. */
export function skipped(sentence: string): void {
  if (process.env['CI']) throw new Error(sentence);
  process.stderr.write(`Skipped. ${sentence}\n`);
}
