import { describe, expect, it } from 'vitest';
import { type CommandSpec, defineCommand } from './define-command.js';
import { helpText } from './help-text.js';
import { choice, flag, integerList } from './option-types.js';
import { parseArguments } from './parse-arguments.js';

const command = (name: string): CommandSpec =>
  defineCommand({
    name,
    args: '<dir>',
    needs: '--out <dir>',
    about: `What ${name} does, in so many words that no narrow terminal has room for them`,
    options: {
      kind: choice({ about: 'Which one', of: ['fern', 'moss'], default: 'fern' }),
      widths: integerList({ about: 'Sizes', default: [] }),
      wet: flag({ about: 'With water' }),
    },
    examples: [`kanrecon ${name} x`],
    run: async () => ({ json: null }),
  });
const commands = [command('data check'), command('data import'), command('train')];
const printed = (line: string) => {
  const invocation = parseArguments(line.split(' '), commands, '1');
  return invocation.kind === 'printed' ? invocation.text : undefined;
};

describe('helpText', () => {
  it('of a command has its usage, its flags with their defaults, and examples', () => {
    expect(helpText(['data', 'check'], commands, '1')).toBe(
      `What data check does, in so many words that no narrow terminal has room for them

Usage:
  $ kanrecon data check <dir> --out <dir> [options]

Options:
  --kind <fern|moss>  Which one (default: fern)
  --widths <n,n,…>    Sizes (default: none)
  --wet               With water
  --json              Print one JSON document on stdout, a mistake too; progress goes to stderr
  --verbose           Show more, and the stack trace of an unexpected error
  -h, --help          Show this

Examples:
  $ kanrecon data check x`,
    );
  });

  it('lists the commands of a group alone, with how each is used', () => {
    const group = helpText(['data'], commands, '1');
    expect(group).toContain('$ kanrecon data <command> [options]');
    expect(group).toMatch(/data check <dir> {3}What data check does.*\n {2}data import <dir> {2}What/);
    expect(group).toContain('"kanrecon help data <command>"');
    expect(group).not.toContain('train');
  });

  it('breaks lines where the terminal ends, in a column of their own', () => {
    const lines = helpText([], commands, '1', 60).split('\n');
    expect(Math.max(...lines.filter((line) => line.startsWith('  ')).map(({ length }) => length))).toBeLessThan(61);
    expect(lines).toContain('  train <dir>        What train does, in so many words that');
    expect(lines).toContain(`${' '.repeat(21)}no narrow terminal has room for them`);
    expect(helpText([], commands, '1', 20)).toContain('What train does, in so many words that no narrow terminal has');
  });

  it('is found by whatever asks for it', () => {
    const whole = helpText([], commands, '1');
    for (const line of ['help', '--help', '-h', '--json --help', 'help --json']) expect(printed(line)).toBe(whole);
    const one = helpText(['train'], commands, '1');
    const lines = ['help train', '--help train', 'train --help', 'train -h', 'train x --wrong --help', 'help train -x'];
    for (const line of lines) expect(printed(line)).toBe(one);
    const group = helpText(['data'], commands, '1');
    for (const line of ['help data', 'data --help', 'data -h', 'data --json --help']) expect(printed(line)).toBe(group);
    const second = helpText(['data', 'import'], commands, '1');
    for (const line of ['help data import', 'data import -h']) expect(printed(line)).toBe(second);
  });

  it('of a command that there is not is a mistake', () => {
    expect(() => printed('help trian')).toThrow('there is no command "trian"; did you mean "train"?');
    expect(() => printed('data chek --help')).toThrow('there is no command "data chek"; did you mean "data check"?');
  });

  it('is not asked for by the value of a flag or a word after --', () => {
    expect(printed('train -- --help')).toBeUndefined();
    expect(() => printed('train x --kind --help')).toThrow('--kind needs a value');
  });
});
