import { type Command, Option } from 'commander';
import { commonOptions } from './common-options.js';
import type { CommandSpec, OptionSpecs } from './define-command.js';
import { describeWrongValue, type OptionSpec } from './option-types.js';
import { refuseMistakes } from './refuse-mistakes.js';
import { UserError } from './user-error.js';

/** What `help` is for. */
export const helpAbout = 'Show the flags of a command and examples';

/** What a command line says to its command. */
interface CommandLine {
  /** Words after the command that are no flags. */
  args: string[];
  values: Record<string, unknown>;
  given: Set<string>;
}

/** Adds a command of ours to commander's program; the first of two words in its name is a group of commands. */
export function addCommand(
  program: Command,
  { name, args, needs, about, options, examples }: CommandSpec,
  argv: readonly string[],
  run: (line: CommandLine) => void,
): void {
  const [last, ...groups] = name.split(' ').reverse();
  const parent = groups.reduce(group, program);
  const specs: OptionSpecs = { ...options, ...commonOptions };
  const command = refuseMistakes(parent.command([last, args].filter(Boolean).join(' ')), specs)
    .description(about)
    .usage([args, needs, '[options]'].filter(Boolean).join(' '))
    .addHelpText('after', ['\nExamples:', ...examples.map((example) => `  $ ${example}`)].join('\n'))
    .action(() => {
      refuseEmptyWords(command);
      run({ args: command.args, values, given });
    });
  if (parent !== program) parent.description(parent.commands.map((each) => each.name()).join(', '));
  const values: CommandLine['values'] = {};
  const given = new Set<string>();
  for (const [flag, spec] of Object.entries(specs)) {
    values[flag] = spec.default;
    const read = (word: string, meant?: string) => (text?: string) => {
      const again = given.has(flag);
      if (again && !spec.repeatable) {
        throw new UserError(`${word} can be given only once.`, { code: 'repeated-flag' });
      }
      given.add(flag);
      const value = readValue(word, flag, spec, meant ?? text ?? '', argv);
      values[flag] = again ? [...(values[flag] as readonly unknown[]), ...(value as readonly unknown[])] : value;
    };
    const option = (word: string) =>
      new Option(spec.value ? `${word} <${spec.value}>` : word, spec.about).argParser(read(word));
    const shown = option(`--${flag}`);
    if (spec.value) shown.default(spec.default, String(spec.default) || 'none');
    command.addOption(shown);
    if (spec.off) {
      const word = `--no-${flag}`;
      command.addOption(new Option(word, spec.off).argParser(read(word, 'false')));
    }
    if (spec.formerly) command.addOption(option(`--${spec.formerly}`).hideHelp());
  }
}

/** What a shell makes of a variable that is not set; of a list, the command itself says which word is wrong. */
function refuseEmptyWords(command: Command): void {
  const empty = command.registeredArguments.find(({ variadic }, i) => !variadic && command.args[i] === '');
  if (!empty) return;
  const usage = command.createHelp().commandUsage(command);
  throw new UserError(`<${empty.name()}> is empty; usage: ${usage}.`, { code: 'missing-argument' });
}

function group(program: Command, word: string): Command {
  const known = program.commands.find((command) => command.name() === word);
  return known ?? refuseMistakes(program.command(word)).helpCommand('help [command]', helpAbout);
}

/** @param word the flag as it is given, which may be what it was called before */
function readValue(word: string, flag: string, spec: OptionSpec<unknown>, text: string, argv: readonly string[]) {
  // What follows a flag is its value, also a negative number, but hardly another flag.
  const forgotten = /^-[^\d.]/.test(text) && !argv.includes(`${word}=${text}`);
  const value = forgotten ? undefined : spec.parse(text);
  if (value !== undefined) return value;
  if (text && !forgotten) throw new UserError(describeWrongValue(flag, spec, text), { code: 'wrong-value' });
  const hint = forgotten ? `; if "${text}" is meant, write ${word}=${text}` : '';
  throw new UserError(`${word} needs a value: ${spec.expected}${hint}.`, { code: 'missing-value' });
}
