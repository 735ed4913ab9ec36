import { createUi, stderrLog } from '../ui/ui.js';
import { asMistake, type DescribedError } from './as-mistake.js';
import type { commonOptions } from './common-options.js';
import type { CommandContext, CommandSpec, OptionSpecs } from './define-command.js';
import { exitCodes } from './exit-codes.js';
import { interruptSignal } from './interrupt-signal.js';
import { parseArguments } from './parse-arguments.js';
import { Stopped } from './stopped.js';
import { UserError } from './user-error.js';

/**
 * Runs one command line and says how it ended.
 *
 * @param argv the words after `kanrecon`
 * @returns the exit code: 0 done, 1 a bug of ours (or what the command itself says it with), 2 a mistake of the user's, 130 stopped by Ctrl-C (work saved)
 */
export async function runCli(argv: readonly string[], commands: readonly CommandSpec[], version: string) {
  const verbose = asksFor('verbose', argv) || Boolean(process.env['DEBUG']);
  let goesOn = false;
  try {
    const invocation = parseArguments(argv, commands, version);
    if (invocation.kind === 'printed') {
      await print(invocation.text);
      return exitCodes.done;
    }
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
      if (asksFor('json', argv)) await printJson({ error: { message, exit_code: exitCodes.interrupted } });
      return exitCodes.interrupted;
    }
    const { message, isMistake, code } = await described(error, verbose);
    const exitCode = isMistake ? exitCodes.userMistake : exitCodes.bug;
    stderrLog().error(message);
    // Whoever reads the document finds the reason in it; the words for people stay on stderr.
    if (asksFor('json', argv)) await printJson({ error: { message, exit_code: exitCode, code } });
    return exitCode;
  }
}

/** A mistake in the command line is told at once; the words for others are loaded with the packages that throw them. */
async function described(error: unknown, verbose: boolean): Promise<DescribedError> {
  if (error instanceof UserError) return asMistake(error.message, error, verbose);
  return (await import('./describe-error.js')).describeError(error, verbose);
}

/** Whether a flag that every command has is on, also when the command line itself is wrong and cannot be read. */
function asksFor(flag: keyof typeof commonOptions, argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  return words.includes(`--${flag}`);
}

function printJson(document: unknown): Promise<void> {
  return print(JSON.stringify(document, null, 2));
}

/** Waits until a pipe has taken all of it: leaving earlier would cut long documents off. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}
