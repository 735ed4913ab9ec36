import { describe, expect, it } from 'vitest';
import { synthCommand } from '../commands/synth.js';
import { type CommandSpec, defineCommand } from './define-command.js';
import { choice, flag, integerList } from './option-types.js';
import { parseArguments } from './parse-arguments.js';

const command = (name: string): CommandSpec =>
  defineCommand({
    name,
    args: '<dir>',
    needs: '--out <dir>',
    about: `What ${name} does, in so many words that no narrow terminal has room for them`,
    options: {
      kind: { ...choice({ about: 'Which one', of: ['fern', 'moss'], default: 'fern' }), formerly: 'sort' },
      widths: integerList({ about: 'Sizes', default: [] }),
      wet: flag({ about: 'With water' }),
    },
    examples: [`kanrecon ${name} x`],
    run: async () => ({ json: null }),
  });
const commands = [command('data check'), command('data import'), command('train')];
const parse = (line: string) => parseArguments(line.split(' '), commands, '1');
const printed = (line: string) => {
  const invocation = parse(line);
  return invocation.kind === 'printed' ? invocation.text : undefined;
};

describe('a command of two words', () => {
  it('is told from one of one word', () => {
    const given = { kind: 'run', command: commands[0], args: ['007'], values: { json: true, wet: false } };
    expect(parse('data check 007 --json')).toMatchObject(given);
    expect(parse('train check')).toMatchObject({ command: commands[2], args: ['check'] });
  });

  it.each([
    ['data', 'kanrecon data needs one of check, import after it (see "kanrecon data --help").'],
    ['data --json', `unknown option '--json' (flags follow the command; see "kanrecon data --help").`],
    ['data chekc x', "unknown command 'chekc' (Did you mean check?)."],
    ['data xylophone', `unknown command 'xylophone' (see "kanrecon data --help").`],
    ['check x', `unknown command 'check' (see "kanrecon --help").`],
    ['data check', "missing required argument 'dir'; usage: kanrecon data check <dir> --out <dir> [options]."],
  ])('"%s" is a mistake', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });
});

describe('an empty word', () => {
  it.each([
    [['train', ''], '<dir> is empty; usage: kanrecon train <dir> --out <dir> [options].'],
    [['data', 'check', '', '--json'], '<dir> is empty; usage: kanrecon data check <dir> --out <dir> [options].'],
    [['train', '--kind', '', 'x'], '--kind needs a value: one of fern, moss.'],
    [[''], "unknown command ''"],
    [['data', ''], "unknown command ''"],
  ])('%j is a mistake', (argv, message) => {
    expect(() => parseArguments(argv, commands, '1')).toThrow(message);
  });
});

describe('a flag by its former name', () => {
  it('is the flag, but not in the help', () => {
    const invocation = parse('train x --sort moss');
    expect(invocation).toMatchObject({ values: { kind: 'moss' }, given: new Set(['kind']) });
    expect(invocation).not.toHaveProperty('values.sort');
    expect(printed('train --help')).not.toContain('sort');
  });

  it('is --preset for --scene', () => {
    const invocation = parseArguments(['synth', '--preset=fluted'], [synthCommand], '1');
    expect(invocation).toMatchObject({ values: { scene: 'fluted' }, given: new Set(['scene']) });
  });

  it('is no second flag', () => {
    expect(() => parse('train x --sort moss --kind fern')).toThrow('--kind can be given only once.');
    expect(() => parse('train x --sort')).toThrow("option '--sort <fern|moss>' argument missing");
  });
});

describe('help', () => {
  it('of a command has its usage, its flags with their defaults, and examples', () => {
    expect(printed('help data check')).toBe(
      `Usage: kanrecon data check <dir> --out <dir> [options]

What data check does, in so many words that no narrow terminal has room for them

Options:
  --kind <fern|moss>  Which one (default: fern)
  --widths <n,n,…>    Sizes (default: none)
  --wet               With water
  --json              Print one JSON document on stdout, a mistake too; progress
                      goes to stderr
  --verbose           Show more, and the stack trace of an unexpected error
  -h, --help          Show this

Examples:
  $ kanrecon data check x`,
    );
  });

  it('lists the commands of a group alone', () => {
    const group = printed('help data');
    expect(group).toContain('Usage: kanrecon data [options] [command]');
    expect(group).toMatch(/ {2}check \[options\] <dir> {3}What data check[\s\S]* {2}import \[options\] <dir> {2}What/);
    expect(group).not.toContain('train');
    expect(printed('help')).toMatch(/ {2}data +check, import\n {2}train \[options\] <dir> +What train/);
  });

  it('is found by whatever asks for it', () => {
    const whole = printed('help');
    for (const line of ['--help', '-h', '--json --help', 'help --json']) expect(printed(line)).toBe(whole);
    const one = printed('help train');
    expect(one).toContain('Usage: kanrecon train');
    const lines = ['train --help', 'train -h', 'train x --wrong --help', 'help train -x', 'help train -- x'];
    for (const line of lines) expect(printed(line)).toBe(one);
    const group = printed('help data');
    for (const line of ['data --help', 'data -h', 'data --json --help']) expect(printed(line)).toBe(group);
    const second = printed('help data import');
    for (const line of ['data import -h', 'data help import']) expect(printed(line)).toBe(second);
  });

  it('of a command that there is not is a mistake', () => {
    for (const line of ['help trian', 'trian --help', 'trian x -h']) {
      expect(() => printed(line)).toThrow("unknown command 'trian' (Did you mean train?).");
    }
    for (const line of ['data chek --help', 'help data chek']) {
      expect(() => printed(line)).toThrow("unknown command 'chek' (Did you mean check?).");
    }
  });

  it('is not asked for by the value of a flag or a word after --', () => {
    expect(printed('train -- --help')).toBeUndefined();
    expect(() => printed('train x --kind --help')).toThrow('--kind needs a value');
  });
});
