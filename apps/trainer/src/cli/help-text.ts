import { commonOptions } from './common-options.js';
import type { CommandSpec } from './define-command.js';
import { commandsOfGroup, findCommand } from './find-command.js';
import { unknownCommand } from './unknown-command.js';

const helpRow = ['-h, --help', 'Show this'] as const;

/**
 * The help of a command, of a group of commands such as `dataset`, or of the program.
 *
 * @param words the command's name, or none for the whole program
 * @param width columns of the terminal; without it lines are as long as they are
 * @throws UserError if there is no such command
 */
export function helpText(
  words: readonly string[],
  commands: readonly CommandSpec[],
  version: string,
  width = Number.POSITIVE_INFINITY,
): string {
  const [group] = words;
  const found = findCommand(words, commands);
  if (found) return commandHelp(found.command, width);
  if (group === undefined) {
    const rows = [helpRow, ['-v, --version', 'Show the version'] as const];
    return [`kanrecon ${version}`, ...listHelp('', commands, width), section('Options', columns(rows, width))].join(
      '\n\n',
    );
  }
  const grouped = commandsOfGroup(group, commands);
  if (grouped.length === 0 || words.length > 1) throw unknownCommand(words, commands);
  return listHelp(`${group} `, grouped, width).join('\n\n');
}

/** @param prefix the word before the command's own, with a space, where all of them share one */
function listHelp(prefix: string, commands: readonly CommandSpec[], width: number): string[] {
  const rows = commands.map(({ name, args, about }) => [[name, args].filter(Boolean).join(' '), about] as const);
  return [
    section('Usage', [`$ kanrecon ${prefix}<command> [options]`]),
    section('Commands', columns(rows, width)),
    `"kanrecon help ${prefix}<command>" tells the flags of a command and gives examples.`,
  ];
}

function commandHelp({ name, args, needs, about, options, examples }: CommandSpec, width: number): string {
  const rows = Object.entries({ ...options, ...commonOptions }).map(([flag, spec]) => {
    const initial = spec.default === undefined || spec.default === false ? '' : ` (default: ${shown(spec.default)})`;
    return [`--${flag}${spec.value ? ` <${spec.value}>` : ''}`, spec.about + initial] as const;
  });
  return [
    ...wrap(about, width),
    '',
    section('Usage', [['$ kanrecon', name, args, needs, '[options]'].filter(Boolean).join(' ')]),
    '',
    section('Options', columns([...rows, helpRow], width)),
    '',
    section(
      'Examples',
      examples.map((example) => `$ ${example}`),
    ),
  ].join('\n');
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(',') || 'none' : String(value);
}

function section(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function columns(rows: readonly (readonly [term: string, about: string])[], width: number): string[] {
  const first = Math.max(...rows.map(([term]) => term.length)) + 2;
  return rows.flatMap(([term, about]) =>
    wrap(about, width - first - 2).map((line, i) => `${(i === 0 ? term : '').padEnd(first)}${line}`),
  );
}

/** Lines of at most `width`; where that is too narrow for words, one line that the terminal may break. */
function wrap(text: string, width: number): string[] {
  if (width < 30) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length > width) lines.push(word);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}
