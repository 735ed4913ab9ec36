import type { CommandSpec } from './define-command.js';
import { commandsOfGroup } from './find-command.js';
import { nearNames } from './near-names.js';
import { UserError } from './user-error.js';

/** What is wrong with a command line that begins with no command. */
export function unknownCommand([first, second]: readonly string[], commands: readonly CommandSpec[]): UserError {
  const names = commands.map(({ name }) => name);
  if (first === undefined || isFlag(first)) {
    const before = first === undefined ? '' : ` before "${first}"`;
    const message = `no command given${before}; the commands are ${names.join(', ')} (see "kanrecon --help").`;
    return new UserError(message, { code: 'no-command' });
  }
  const words = commandsOfGroup(first, commands).map(({ name }) => name.slice(first.length + 1));
  if (words.length > 0 && (second === undefined || isFlag(second))) {
    const message = `${first} needs one of ${words.join(', ')} after it (see "kanrecon ${first} --help").`;
    return new UserError(message, { code: 'no-command' });
  }
  const given = words.length > 0 ? `${first} ${second}` : first;
  const near = nearNames(given, names).map((name) => `"${name}"`);
  const valid = words.length > 0 ? `${first} has ${words.join(', ')}` : `the commands are ${names.join(', ')}`;
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `${valid}.`;
  return new UserError(`there is no command "${given}"; ${hint}`, { code: 'unknown-command' });
}

function isFlag(word: string): boolean {
  return word.startsWith('-');
}
