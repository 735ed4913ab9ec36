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

  it('lets a switch be switched by its value', () => {
    expect(parse('grow a --wet=true')).toMatchObject({ args: ['a'], values: { wet: true } });
    expect(parse('grow a --wet=false --json')).toMatchObject({ args: ['a'], values: { wet: false, json: true } });
  });

  it('takes an empty text for a value where that is one', () => {
    expect(parse('grow a --widths=')).toMatchObject({ values: { widths: [] } });
    expect(() => parse('grow a --widths')).toThrow('--widths needs a value: whole numbers');
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
    ['', 'no command given; the commands are grow, still (see "kanrecon --help").'],
    ['grwo', 'there is no command "grwo"; did you mean "grow"?'],
    ['-epochs 5', 'no command given before "-epochs"; the commands are grow, still (see "kanrecon --help").'],
    ['--json grow a', 'no command given before "--json"; the commands are grow, still (see "kanrecon --help").'],
    ['--', 'no command given before "--"; the commands are grow, still (see "kanrecon --help").'],
    ['xylophone', 'there is no command "xylophone"; the commands are grow, still.'],
    [
      'grow',
      'grow needs <place>; usage: kanrecon grow <place> [tool...] [options], for example "kanrecon grow garden".',
    ],
    ['still more', 'still takes no arguments, but got "more" as well.'],
    ['grow a --cuont 3', 'grow has no flag --cuont; did you mean --count?'],
    ['still --quick', 'still has no flag --quick; see "kanrecon still --help" for its flags.'],
    ['grow a --size 3', 'grow has no flag --size; did you mean --leaf-size or --root-size?'],
    ['grow a --valueOf 1', 'grow has no flag --valueOf; see "kanrecon grow --help" for its flags.'],
    ['grow a --__proto__ 1', 'grow has no flag --__proto__; see "kanrecon grow --help" for its flags.'],
    ['grow a --leafSize 3', 'grow has no flag --leafSize; did you mean --leaf-size?'],
    ['grow a -count 3', 'grow has no flag -count; did you mean --count?'],
    ['grow a -count=3', 'grow has no flag -count; did you mean --count?'],
    ['grow a -x', 'grow has no flag -x; see "kanrecon grow --help" for its flags.'],
    ['grow a -hx', 'grow has no flag -hx; see "kanrecon grow --help" for its flags.'],
    ['grow a --hlp', 'grow has no flag --hlp; did you mean --help?'],
    ['grow a --no-wet', 'grow has no flag --no-wet; leave --wet out instead.'],
    ['grow a --no-count', 'grow has no flag --no-count; leave --count out instead.'],
    ['grow a --no-such', 'grow has no flag --no-such; see "kanrecon grow --help" for its flags.'],
    ['grow a --wet=maybe', '--wet takes nothing after it, but got "maybe".'],
    ['grow a --wet --wet', '--wet is given 2 times; give it once.'],
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
    ['grow --count 2 --', 'grow needs <place>;'],
    ['still -- --quick', 'still takes no arguments, but got "--quick" as well.'],
    ['grow a --count', '--count needs a value: a whole number from 1 to 9.'],
    ['grow a --count 0', '--count takes a whole number from 1 to 9, but got "0".'],
    ['grow a --count 2.5', '--count takes a whole number from 1 to 9, but got "2.5".'],
    ['grow a --count -2', '--count takes a whole number from 1 to 9, but got "-2".'],
    ['grow a --count 1 --count 2', '--count is given 2 times; give it once.'],
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
