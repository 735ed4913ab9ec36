import type { CommandSpec } from './define-command.js';
import { UserError } from './user-error.js';

/** The first word if it is that of commands of two words, as `dataset` is. */
export function groupOf([first]: readonly string[], commands: readonly CommandSpec[]): string | undefined {
  return commands.some(({ name }) => name.startsWith(`${first} `)) ? first : undefined;
}

/**
 * `dataset check data` as one command word and its arguments, `["dataset check", "data"]`: cac matches the first word alone.
 *
 * @throws UserError when the second word is missing
 */
export function joinSubcommand(argv: readonly string[], commands: readonly CommandSpec[]): readonly string[] {
  const [, second, ...rest] = argv;
  const group = groupOf(argv, commands);
  if (group === undefined) return argv;
  const names = commands.map(({ name }) => name).filter((name) => name.startsWith(`${group} `));
  if (second !== undefined && !second.startsWith('-')) return [`${group} ${second}`, ...rest];
  if (argv.some((word) => word === '--help' || word === '-h')) return ['--help'];
  const words = names.map((name) => name.slice(group.length + 1));
  throw new UserError(`${group} needs one of ${words.join(', ')} after it (see "kanrecon ${names[0]} --help").`);
}
