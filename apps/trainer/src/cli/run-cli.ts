import { createUi, stderrLog } from '../ui/ui.js';
import type { CommandContext, CommandSpec, OptionSpecs } from './define-command.js';
import { describeError } from './describe-error.js';
import { exitCodes } from './exit-codes.js';
import { interruptSignal } from './interrupt-signal.js';
import { parseArguments } from './parse-arguments.js';
import { Stopped } from './stopped.js';

/**
 * Runs one command line and says how it ended.
 *
 * @param argv the words after `kanrecon`
 * @returns the exit code: 0 done, 1 a bug of ours (or what the command itself says it with), 2 a mistake of the user's, 130 stopped by Ctrl-C (work saved)
 */
export async function runCli(argv: readonly string[], commands: readonly CommandSpec[], version: string) {
  const verbose = argv.includes('--verbose') || Boolean(process.env['DEBUG']);
  let goesOn = false;
  try {
    const invocation = parseArguments(argv, commands, version);
    if (invocation.kind === 'printed') return exitCodes.done;
    const { command, args, values, given } = invocation;
    goesOn = command.goesOn?.(values) ?? false;
    const ui = createUi({ json: values['json'] === true, verbose });
    const interrupt = interruptSignal(ui);
    try {
      const context: CommandContext<OptionSpecs> = { args, options: values, given, ui, signal: interrupt.signal };
      const { json, exitCode } = await command.run(context);
      if (ui.json) await printJson(json);
      return exitCode ?? exitCodes.done;
    } finally {
      interrupt.release();
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') {
      const known = goesOn
        ? 'Stopped; the same command goes on from here.'
        : 'Stopped; what was done is not reused, the same command begins anew.';
      const message = error instanceof Stopped ? error.message : known;
      process.stderr.write(`${message}\n`);
      if (wantsJson(argv)) await printJson({ error: { message, exit_code: exitCodes.interrupted } });
      return exitCodes.interrupted;
    }
    const { message, isMistake } = describeError(error, verbose);
    const exitCode = isMistake ? exitCodes.userMistake : exitCodes.bug;
    stderrLog().error(message);
    // Whoever reads the document finds the reason in it; the words for people stay on stderr.
    if (wantsJson(argv)) await printJson({ error: { message, exit_code: exitCode } });
    return exitCode;
  }
}

/** Also when the command line itself is wrong and cannot be read. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.some((word) => word === '--json' || word === '--json=true');
}

/** Waits until a pipe has taken all of it: leaving earlier would cut long documents off. */
function printJson(document: unknown): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify(document, null, 2)}\n`, () => resolve()));
}
