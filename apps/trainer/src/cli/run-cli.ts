import { createUi, stderrLog } from '../ui/ui.js';
import type { CommandContext, CommandSpec, OptionSpecs } from './define-command.js';
import { describeError } from './describe-error.js';
import { exitCodes } from './exit-codes.js';
import { interruptSignal } from './interrupt-signal.js';
import { parseArguments } from './parse-arguments.js';

/**
 * Runs one command line and says how it ended.
 *
 * @param argv the words after `kanrecon`
 * @returns the exit code: 0 done, 1 a bug of ours, 2 a mistake of the user's, 130 stopped by Ctrl-C (work saved)
 */
export async function runCli(argv: readonly string[], commands: readonly CommandSpec[], version: string) {
  const verbose = argv.includes('--verbose') || Boolean(process.env['DEBUG']);
  try {
    const invocation = parseArguments(argv, commands, version);
    if (invocation.kind === 'printed') return exitCodes.done;
    const { command, args, values, given } = invocation;
    const ui = createUi({ json: values['json'] === true, verbose });
    const interrupt = interruptSignal(ui);
    try {
      const context: CommandContext<OptionSpecs> = { args, options: values, given, ui, signal: interrupt.signal };
      const { json, exitCode } = await command.run(context);
      if (ui.json) await print(`${JSON.stringify(json, null, 2)}\n`);
      return exitCode ?? exitCodes.done;
    } finally {
      interrupt.release();
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') {
      process.stderr.write('Stopped; the same command goes on from here.\n');
      return exitCodes.interrupted;
    }
    const { message, isMistake } = describeError(error, verbose);
    stderrLog().error(message);
    return isMistake ? exitCodes.userMistake : exitCodes.bug;
  }
}

/** Waits until a pipe has taken all of it: leaving earlier would cut long documents off. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}
