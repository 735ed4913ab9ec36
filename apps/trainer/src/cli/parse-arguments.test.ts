import { describe, expect, it } from 'vitest';
import { type CommandSpec, defineCommand } from './define-command.js';
import { choice, flag, integer, integerList, number, range, seed, text } from './option-types.js';
import { parseArguments } from './parse-arguments.js';
import { UserError } from './user-error.js';

const grow = defineCommand({
  name: 'grow',
  args: '<place> [tool...]',
  about: 'Grow things',
  options: {
    out: text({ about: 'folder', value: 'dir', default: undefined }),
    soil: text({ about: 'ground', expected: 'one of clay, sand', default: undefined }),
    lens: range({ about: 'looks', min: 1, max: 99 }),
    seed: seed({ about: 'chance' }),
    age: integer({ about: 'days', default: 0 }),
    'leaf-size': integer({ about: 'mm', default: 1 }),
    'root-size': integer({ about: 'mm', default: 1 }),
    count: integer({ about: 'how many', min: 1, max: 9, default: 3 }),
    rate: number({ about: 'how fast', above: 0, default: 0.5 }),
    kind: choice({ about: 'what', of: ['fern', 'moss'], default: 'fern' }),
    widths: integerList({ about: 'sizes', default: [] }),
    tool: choice({ about: 'by', of: ['hand', 'spade'], default: 'hand', advice: 'for other tools, ask' }),
    place: text({ about: 'where', expected: 'a bed or a pot', default: undefined }),
    tint: range({ about: 'colour', min: 0, max: 1, of: 'stem and leaf alike' }),
    low: number({ about: 'lowest', default: 0 }),
    wet: flag({ about: 'with water' }),
    feed: { ...integerList({ about: 'grams', default: [] }), repeatable: true },
  },
  examples: ['kanrecon grow garden'],
  run: async () => ({ json: null }),
});
const still = defineCommand({ name: 'still', about: '', options: {}, examples: [], run: async () => ({ json: null }) });
const commands: CommandSpec[] = [grow, still];
const parse = (line: string) => parseArguments(line.split(' ').filter(Boolean), commands, '1.2.3');

describe('parseArguments', () => {
  it('reads values, defaults and which flags were given', () => {
    const result = parse('grow garden --count 4 --widths 64,32 --kind=moss --wet spade rake');
    expect(result).toMatchObject({
      kind: 'run',
      args: ['garden', 'spade', 'rake'],
      values: { out: undefined, count: 4, rate: 0.5, kind: 'moss', widths: [64, 32], wet: true, json: false },
    });
    expect(result.kind === 'run' && [...result.given].sort()).toEqual(['count', 'kind', 'wet', 'widths']);
  });

  it('leaves texts that look like numbers alone', () => {
    expect(parse('grow 007 --out 0x10')).toMatchObject({ args: ['007'], values: { out: '0x10' } });
    expect(parse('grow 1e3 --out=010')).toMatchObject({ args: ['1e3'], values: { out: '010' } });
  });

  it('takes a negative number after a flag for its value', () => {
    expect(parse('grow a --low -1')).toMatchObject({ args: ['a'], values: { low: -1 } });
    expect(parse('grow a --low -.5e1 --out -5')).toMatchObject({ args: ['a'], values: { low: -5, out: '-5' } });
    expect(parse('grow a --low=-2')).toMatchObject({ args: ['a'], values: { low: -2 } });
  });

  it('takes words after -- for arguments, and what follows = for the value', () => {
    const result = parse('grow --wet -- --out -x -- b');
    expect(result).toMatchObject({ args: ['--out', '-x', '--', 'b'], values: { wet: true, out: undefined } });
    expect(parse('grow - --out=--x=y')).toMatchObject({ args: ['-'], values: { out: '--x=y' } });
  });

  it('takes an empty text for a value where that is one', () => {
    expect(parse('grow a --widths=')).toMatchObject({ values: { widths: [] } });
    expect(() => parse('grow a --widths')).toThrow('--widths needs a value: whole numbers');
  });

  it('puts the lists of a flag that may be repeated one behind the other', () => {
    expect(parse('grow a --feed 1,2 --wet --feed=3')).toMatchObject({ values: { feed: [1, 2, 3], wet: true } });
    expect(parse('grow a')).toMatchObject({ values: { feed: [] } });
    expect(() => parse('grow a --feed 1 --feed x')).toThrow('--feed takes whole numbers');
  });

  it.each(['--version', '-v', '--version grow'])('"%s" is the version of the program, Node and machine', (line) => {
    const text = expect.stringMatching(/^kanrecon\/1\.2\.3 \S+-\S+ node-v\d+\S+$/);
    expect(parse(line)).toEqual({ kind: 'printed', text });
  });

  it.each([
    ['', 'no-command'],
    ['grwo', 'unknown-command'],
    ['grow a -x', 'unknown-flag'],
    ['grow a --wet --wet', 'repeated-flag'],
    ['grow a --out', 'missing-value'],
    ['grow a --count x', 'wrong-value'],
    ['grow', 'missing-argument'],
    ['still more', 'extra-argument'],
  ])('"%s" has the code %s', (line, code) => {
    expect(() => parse(line)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['', 'kanrecon needs one of grow, still, help after it (see "kanrecon --help").'],
    ['grwo', "unknown command 'grwo' (Did you mean grow?)."],
    ['-epochs 5', `unknown option '-epochs' (flags follow the command; see "kanrecon --help").`],
    ['--json grow a', `unknown option '--json' (flags follow the command; see "kanrecon --help").`],
    ['--', 'kanrecon needs one of grow, still, help after it (see "kanrecon --help").'],
    ['xylophone', `unknown command 'xylophone' (see "kanrecon --help").`],
    ['grow', "missing required argument 'place'; usage: kanrecon grow <place> [tool...] [options]."],
    ['still more', "too many arguments for 'still'. Expected 0 arguments but got 1: more."],
    ['grow a --cuont 3', "unknown option '--cuont' (Did you mean --count?)."],
    ['still --quick', `unknown option '--quick' (see "kanrecon still --help").`],
    ['grow a --valueOf 1', `unknown option '--valueOf' (see "kanrecon grow --help").`],
    ['grow a --__proto__ 1', `unknown option '--__proto__' (see "kanrecon grow --help").`],
    ['grow a --leafSize 3', "unknown option '--leafSize' (Did you mean --leaf-size?)."],
    ['grow a -count 3', "unknown option '-count' (Did you mean --count?)."],
    ['grow a -cuont 3', "unknown option '-cuont' (Did you mean --count?)."],
    ['grow a -leafsize 3', "unknown option '-leafsize' (Did you mean --leaf-size?)."],
    ['grow a -count=3', "unknown option '-count=3' (Did you mean --count?)."],
    ['grow a -help', "unknown option '-help' (Did you mean --help?)."],
    ['grow a -xylophone', `unknown option '-xylophone' (see "kanrecon grow --help").`],
    ['grow a -x', `unknown option '-x' (see "kanrecon grow --help").`],
    ['grow a -hx', `unknown option '-hx' (see "kanrecon grow --help").`],
    ['grow a --hlp', "unknown option '--hlp' (Did you mean --help?)."],
    ['grow a --no-wet', `unknown option '--no-wet' (see "kanrecon grow --help").`],
    ['grow a --no-count', `unknown option '--no-count' (see "kanrecon grow --help").`],
    ['grow a --no-such', `unknown option '--no-such' (see "kanrecon grow --help").`],
    ['grow a --wet=false', `unknown option '--wet=false' (see "kanrecon grow --help").`],
    ['grow a --wet=maybe', `unknown option '--wet=maybe' (see "kanrecon grow --help").`],
    ['grow a --wet --wet', '--wet can be given only once.'],
    ['grow a --seed 99999999999', '--seed takes a whole number from 0 to 4294967295, but got "99999999999".'],
    [
      'grow a --age 99999999999999999999',
      '--age takes a whole number from 0 to 9007199254740991, but got "99999999999999999999".',
    ],
    ['grow a --lens 70..35', '--lens takes a range a..b of numbers from 1 to 99, or one of them (a ≤ b), but'],
    ['grow a --soil', '--soil needs a value: one of clay, sand.'],
    ['grow a --out', '--out needs a value: a folder.'],
    ['grow a --out --wet', '--out needs a value: a folder; if "--wet" is meant, write --out=--wet.'],
    ['grow a --out -- b', '--out needs a value: a folder; if "--" is meant, write --out=--.'],
    ['grow --count 2 --', "missing required argument 'place'"],
    ['still -- --quick', "too many arguments for 'still'. Expected 0 arguments but got 1: --quick."],
    ['grow a --count', '--count needs a value: a whole number from 1 to 9.'],
    ['grow a --count 0', '--count takes a whole number from 1 to 9, but got "0".'],
    ['grow a --count 2.5', '--count takes a whole number from 1 to 9, but got "2.5".'],
    ['grow a --count -2', '--count takes a whole number from 1 to 9, but got "-2".'],
    ['grow a --count 1 --count 2', '--count can be given only once.'],
    ['grow a --rate 0', '--rate takes a number above 0, but got "0".'],
    ['grow a --rate NaN', '--rate takes a number above 0, but got "NaN".'],
    ['grow a --kind mos', '--kind takes one of fern, moss, but got "mos"; did you mean "moss"?'],
    ['grow a --tool axle', '--tool takes one of hand, spade, but got "axle"; for other tools, ask.'],
    ['grow a --place', '--place needs a value: a bed or a pot.'],
    ['grow a --place=', '--place needs a value: a bed or a pot.'],
    [
      'grow a --tint .2,.3',
      '--tint takes a range a..b of numbers from 0 to 1 for stem and leaf alike, or one of them (a ≤ b), but got ".2,.3".',
    ],
    [
      'grow a --widths 8,x',
      '--widths takes whole numbers of at least 1 separated by commas, or "none", but got "8,x".',
    ],
  ])('"%s" is explained in one sentence', (line, message) => {
    expect(() => parse(line)).toThrow(UserError);
    expect(() => parse(line)).toThrow(message);
  });
});
