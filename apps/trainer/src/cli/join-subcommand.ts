import type { CommandSpec } from './define-command.js';
import { UserError } from './user-error.js';

/**
 * `dataset check data` as one command word and its arguments, `["dataset check", "data"]`: cac matches the first word alone.
 *
 * @throws UserError when the second word is missing
 */
export function joinSubcommand(argv: readonly string[], commands: readonly CommandSpec[]): readonly string[] {
  const [group, second, ...rest] = argv;
  const names = commands.map(({ name }) => name).filter((name) => name.startsWith(`${group} `));
  if (group === undefined || names.length === 0) return argv;
  if (second !== undefined && !second.startsWith('-')) return [`${group} ${second}`, ...rest];
  // The list of all commands has them.
  if (argv.some((word) => word === '--help' || word === '-h')) return ['--help'];
  const words = names.map((name) => name.slice(group.length + 1));
  throw new UserError(`${group} needs one of ${words.join(', ')} after it (see "kanrecon ${names[0]} --help").`);
}
