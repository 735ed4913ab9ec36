import type { CommandSpec } from './define-command.js';

/** The command whose name, of one word or two, a command line begins with, and the words after it. */
export function findCommand(
  argv: readonly string[],
  commands: readonly CommandSpec[],
): { command: CommandSpec; rest: readonly string[] } | undefined {
  for (const command of commands) {
    const name = command.name.split(' ');
    if (name.every((word, i) => word === argv[i])) return { command, rest: argv.slice(name.length) };
  }
  return undefined;
}

/** The commands of two words that begin with this one: `dataset import` and its like for `dataset`. */
export function commandsOfGroup(group: string, commands: readonly CommandSpec[]): readonly CommandSpec[] {
  return commands.filter(({ name }) => name.startsWith(`${group} `));
}
