import { Command, CommanderError } from 'commander';
import { addCommand, helpAbout } from './add-command.js';
import type { CommandSpec } from './define-command.js';
import { refuseMistakes } from './refuse-mistakes.js';

/** What the command line asks for; `printed`, when it is help or the version, whose text is all that is printed. */
export type Invocation =
  | { kind: 'printed'; text: string }
  | { kind: 'run'; command: CommandSpec; args: string[]; values: Record<string, unknown>; given: Set<string> };

/**
 * Reads the command line: commander does, and writes the help, from the commands' tables. Ours is what it lets pass: a flag given
 * twice, and a flag that stands where the one before it wants a value (`--out --resume`).
 *
 * @throws UserError in one sentence for an unknown command or flag, a missing or wrong value, a missing argument
 */
export function parseArguments(argv: readonly string[], commands: readonly CommandSpec[], version: string): Invocation {
  let invocation: Invocation = { kind: 'printed', text: '' };
  let printed = '';
  const about = `kanrecon/${version} ${process.platform}-${process.arch} node-${process.version}`;
  const program = refuseMistakes(new Command('kanrecon'))
    .version(about, '-v, --version', 'Show the version')
    .helpOption('-h, --help', 'Show this')
    // Otherwise the program would take "train --version" for itself.
    .enablePositionalOptions()
    .configureHelp({ minWidthToWrap: 25 })
    .configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: () => {},
    });
  for (const command of commands) {
    addCommand(program, command, argv, (run) => {
      invocation = { kind: 'run', command, ...run };
    });
  }
  program
    .command('help [command...]')
    .description(helpAbout)
    .allowUnknownOption()
    .action((words: string[]) => {
      program.parse([...words, '--help'], { from: 'user' });
    });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    // Commander ends by an error, too, where it has shown help or the version.
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'printed', text: printed.trimEnd() };
  }
  return invocation;
}
