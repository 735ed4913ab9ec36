import { type CAC, cac } from 'cac';
import type { CommandSpec } from './define-command.js';
import { groupOf, joinSubcommand } from './join-subcommand.js';
import { describeWrongValue, flag, type OptionSpec } from './option-types.js';
import { suggestName } from './suggest-name.js';
import { UserError } from './user-error.js';

/** Flags that every command has. */
export const commonOptions = {
  json: flag({ about: 'Print one JSON document on stdout, a mistake too; progress goes to stderr' }),
  verbose: flag({ about: 'Show more, and the stack trace of an unexpected error' }),
};

/** What the command line asks for; `printed` when it was help or the version, which cac has printed by then. */
export type Invocation =
  | { kind: 'printed' }
  | { kind: 'run'; command: CommandSpec; args: string[]; values: Record<string, unknown>; given: Set<string> };

// cac turns number-like texts into numbers, so that a folder "007" would become 7; behind this mark they stay text.
const mark = '\u0001';

/**
 * Reads the command line with cac and checks it against the commands' own option tables.
 *
 * @throws UserError in one sentence for an unknown command or flag, a missing or wrong value, a missing argument
 */
export function parseArguments(argv: readonly string[], commands: readonly CommandSpec[], version: string): Invocation {
  const cli = createCli(commands, version, groupOf(argv, commands));
  cli.parse(['node', 'kanrecon', ...protectTexts(joinSubcommand(argv, commands))], { run: false });
  // cac forgets the matched command after it has printed help or the version itself.
  if (cli.options['help']) return { kind: 'printed' };
  if (cli.options['version'] && !cli.matchedCommandName) return { kind: 'printed' };
  const args = cli.args.map((arg) => unmark(String(arg)));
  const command = commands.find(({ name }) => name === cli.matchedCommandName);
  if (!command) throw new UserError(describeUnknownCommand(args[0], commands));
  const specs: Record<string, OptionSpec<unknown>> = { ...command.options, ...commonOptions };
  const { values, given } = readOptions(command, specs, cli.options);
  checkArguments(command, args);
  return { kind: 'run', command, args, values, given };
}

/** @param group the first word of the commands that are wanted; without it all of them are */
function createCli(all: readonly CommandSpec[], version: string, group: string | undefined): CAC {
  const cli = cac('kanrecon');
  const commands = group === undefined ? all : all.filter(({ name }) => name.startsWith(`${group} `));
  if (group !== undefined) cli.usage(`${group} <command> [options]`);
  for (const command of commands) {
    const added = cli.command(`${command.name} ${command.args ?? ''}`.trim(), command.about);
    added.usage([added.rawName, command.needs, '[options]'].filter(Boolean).join(' '));
    for (const [name, spec] of Object.entries({ ...command.options, ...commonOptions })) {
      const preset = spec.default === undefined || spec.default === false ? '' : ` (default: ${shown(spec.default)})`;
      added.option(`--${name}${spec.value ? ` <${spec.value}>` : ''}`, spec.about + preset);
    }
    for (const example of command.examples) added.example(`  $ ${example}`);
  }
  cli.help();
  cli.version(version);
  return cli;
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(',') || 'none' : String(value);
}

function protectTexts(argv: readonly string[]): string[] {
  const out: string[] = [];
  for (const arg of argv) {
    const previous = out.at(-1);
    const numberLike = arg.trim() === '' || Number.isFinite(Number(arg));
    // A negative number after a flag is its value, not a flag of its own.
    if (/^-[\d.]/.test(arg) && previous?.startsWith('--') && !previous.includes('=')) {
      out[out.length - 1] = `${previous}=${mark}${arg}`;
    } else if (/^--[^=]+=/.test(arg)) out.push(arg.replace('=', `=${mark}`));
    else out.push(numberLike && !arg.startsWith('-') ? mark + arg : arg);
  }
  return out;
}

function unmark(text: string): string {
  return text.startsWith(mark) ? text.slice(mark.length) : text;
}

function readOptions(
  command: CommandSpec,
  specs: Record<string, OptionSpec<unknown>>,
  parsed: Record<string, unknown>,
) {
  const values: Record<string, unknown> = {};
  const given = new Set<string>();
  for (const [name, spec] of Object.entries(specs)) values[name] = spec.default;
  for (const [camel, raw] of Object.entries(parsed)) {
    if (camel === '--' || camel === 'help') continue;
    const name = camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) throw new UserError(describeUnknownFlag(name, command, Object.keys(specs)));
    if (Array.isArray(raw)) throw new UserError(`--${name} is given ${raw.length} times; give it once.`);
    if (spec.value && typeof raw === 'boolean') {
      throw new UserError(`--${name} needs a value: ${spec.expected}.`);
    }
    const text = unmark(String(raw));
    const value = spec.parse(text);
    if (value === undefined && text === '') throw new UserError(`--${name} needs a value: ${spec.expected}.`);
    if (value === undefined) throw new UserError(describeWrongValue(name, spec, text));
    values[name] = value;
    given.add(name);
  }
  return { values, given };
}

function checkArguments(command: CommandSpec, args: string[]): void {
  const wanted = command.args?.split(' ') ?? [];
  const required = wanted.filter((arg) => arg.startsWith('<'));
  if (args.length < required.length) {
    throw new UserError(
      `${command.name} needs ${required[args.length]}; usage: kanrecon ${command.name} ${command.args} [options], for example "${command.examples[0]}".`,
    );
  }
  if (args.length > wanted.length && !wanted.some((arg) => arg.includes('...'))) {
    throw new UserError(
      `${command.name} takes ${wanted.length === 0 ? 'no arguments' : `only ${wanted.join(' ')}`}, but got "${args[wanted.length]}" as well.`,
    );
  }
}

function describeUnknownCommand(name: string | undefined, commands: readonly CommandSpec[]): string {
  const names = commands.map((command) => command.name);
  if (name === undefined) return `no command given; the commands are ${names.join(', ')} (see "kanrecon --help").`;
  const near = suggestName(name, names);
  return `there is no command "${name}"${near ? `; did you mean "${near}"?` : `; the commands are ${names.join(', ')}.`}`;
}

function describeUnknownFlag(name: string, command: CommandSpec, names: string[]): string {
  const dashes = name.length === 1 ? '-' : '--';
  const near = name.length === 1 ? [] : nearFlags(name, names);
  const help = `see "kanrecon ${command.name} --help" for its flags`;
  return `${command.name} has no flag ${dashes}${name}; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : `${help}.`}`;
}

/** Flags that are spelled alike, or that the name is a part of: at most three. */
function nearFlags(name: string, names: string[]): string[] {
  const alike = suggestName(name, names);
  const longer = name.length < 3 ? [] : names.filter((valid) => valid.split('-').includes(name));
  return [...new Set([...(alike ? [alike] : []), ...longer])].slice(0, 3).map((near) => `--${near}`);
}
