import { parseArgs } from 'node:util';
import { commonOptions } from './common-options.js';
import type { CommandSpec, OptionSpecs } from './define-command.js';
import { findCommand } from './find-command.js';
import { helpText } from './help-text.js';
import { nearNames } from './near-names.js';
import { describeWrongValue, type OptionSpec } from './option-types.js';
import { unknownCommand } from './unknown-command.js';
import { UserError } from './user-error.js';

/** What the command line asks for; `printed`, when it is help or the version, whose text is all that is printed. */
export type Invocation =
  | { kind: 'printed'; text: string }
  | { kind: 'run'; command: CommandSpec; args: string[]; values: Record<string, unknown>; given: Set<string> };

const helpFlags = ['--help', '-h'];
const helpWords: readonly (string | undefined)[] = ['help', ...helpFlags];

/**
 * Reads the command line: Node's own `parseArgs` divides it into flags, values and arguments, the commands' option tables say which
 * of them are right. (Tried: cac, which turns "007" into 7 and knows no commands of two words; commander, whose errors hold the name
 * of a wrong flag or command in their sentence alone, which takes `--resume` in `--out --resume` for a folder and the last of two
 * values.)
 *
 * @throws UserError in one sentence for an unknown command or flag, a missing or wrong value, a missing argument
 */
export function parseArguments(argv: readonly string[], commands: readonly CommandSpec[], version: string): Invocation {
  const [first] = argv;
  const helpOf = (words: readonly string[]): Invocation => {
    const end = words.findIndex((word) => word.startsWith('-'));
    const name = end < 0 ? words : words.slice(0, end);
    return { kind: 'printed', text: helpText(name, commands, version, process.stdout.columns) };
  };
  if (first === '--version' || first === '-v') {
    const text = `kanrecon/${version} ${process.platform}-${process.arch} node-${process.version}`;
    return { kind: 'printed', text };
  }
  if (helpWords.includes(first)) return helpOf(argv.slice(1));
  const found = findCommand(argv, commands);
  if (!found) {
    if (argv.some((word) => helpFlags.includes(word))) return helpOf(argv);
    throw unknownCommand(argv, commands);
  }
  const { command, rest } = found;
  const specs: OptionSpecs = { ...command.options, ...commonOptions };
  const { flags, args } = divide(rest, specs);
  if (flags.some(({ word }) => helpFlags.includes(word))) return helpOf(argv);
  const { values, given } = readFlags(flags, specs, command);
  checkArguments(command, args);
  return { kind: 'run', command, args, values, given };
}

/** A flag of the command line. */
interface GivenFlag {
  /** As it was typed, dashes and all, without a value. */
  word: string;
  value: string | undefined;
  /** Whether the value came in the same word: `--flag=value`. */
  inline: boolean;
}

function divide(rest: readonly string[], specs: OptionSpecs): { flags: GivenFlag[]; args: string[] } {
  const kinds = Object.entries(specs).flatMap(([name, { value, formerly }]) =>
    [name, ...(formerly ? [formerly] : [])].map((each) => [each, { type: value ? 'string' : 'boolean' }] as const),
  );
  const options = { ...Object.fromEntries(kinds), help: { type: 'boolean', short: 'h' } } as const;
  // Not strict: its sentences say less than ours, and it takes no negative numbers.
  const { tokens } = parseArgs({ args: [...rest], options, strict: false, allowPositionals: true, tokens: true });
  const flags: GivenFlag[] = [];
  const args: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind !== 'option') continue;
    // "-epochs" counts as six flags of one letter; its first names the word.
    const word = rest[token.index]!.split('=', 1)[0]!;
    flags.push({ word, value: token.value, inline: token.inlineValue ?? false });
  }
  return { flags, args };
}

function readFlags(flags: readonly GivenFlag[], specs: OptionSpecs, command: CommandSpec) {
  const values: Record<string, unknown> = {};
  const given = new Set<string>();
  for (const [name, spec] of Object.entries(specs)) values[name] = spec.default;
  for (const flag of flags) {
    const name = flag.word.startsWith('--') ? nameOf(flag.word.slice(2), specs) : undefined;
    if (name === undefined) throw unknownFlag(flag.word, command, specs);
    const spec = specs[name]!;
    const times = flags.filter(({ word }) => word === flag.word).length;
    if (times > 1) {
      throw new UserError(`${flag.word} is given ${times} times; give it once.`, { code: 'repeated-flag' });
    }
    values[name] = readValue(flag, name, spec);
    given.add(name);
  }
  return { values, given };
}

/** The flag that a word means, which may be what the flag was called before. */
function nameOf(word: string, specs: OptionSpecs): string | undefined {
  if (Object.hasOwn(specs, word)) return word;
  return Object.entries(specs).find(([, { formerly }]) => formerly === word)?.[0];
}

function readValue({ word, value, inline }: GivenFlag, name: string, spec: OptionSpec<unknown>): unknown {
  const text = value ?? (spec.value ? undefined : 'true');
  // What follows a flag is its value, also a negative number, but hardly another flag.
  const forgotten = text !== undefined && !inline && /^-[^\d.]/.test(text);
  const parsed = text === undefined || forgotten ? undefined : spec.parse(text);
  if (parsed !== undefined) return parsed;
  if (text && !forgotten) throw new UserError(describeWrongValue(name, spec, text), { code: 'wrong-value' });
  const hint = forgotten ? `; if "${text}" is meant, write ${word}=${text}` : '';
  throw new UserError(`${word} needs a value: ${spec.expected}${hint}.`, { code: 'missing-value' });
}

function checkArguments(command: CommandSpec, args: readonly string[]): void {
  const wanted = command.args?.split(' ') ?? [];
  const required = wanted.filter((arg) => arg.startsWith('<'));
  if (args.length < required.length) {
    throw new UserError(
      `${command.name} needs ${required[args.length]}; usage: kanrecon ${command.name} ${command.args} [options], for example "${command.examples[0]}".`,
      { code: 'missing-argument' },
    );
  }
  if (args.length > wanted.length && !wanted.some((arg) => arg.includes('...'))) {
    throw new UserError(
      `${command.name} takes ${wanted.length === 0 ? 'no arguments' : `only ${wanted.join(' ')}`}, but got "${args[wanted.length]}" as well.`,
      { code: 'extra-argument' },
    );
  }
}

function unknownFlag(word: string, command: CommandSpec, specs: OptionSpecs): UserError {
  const names = [...Object.keys(specs), 'help'];
  const near = nearNames(word.replace(/^-+/, ''), names).map((name) => `--${name}`);
  let hint =
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : `see "kanrecon ${command.name} --help" for its flags.`;
  // Nearest to --no-compare in its letters is --compare, which means the opposite.
  if (word.startsWith('--no-') && names.includes(word.slice(5))) hint = `leave --${word.slice(5)} out instead.`;
  return new UserError(`${command.name} has no flag ${word}; ${hint}`, { code: 'unknown-flag' });
}
