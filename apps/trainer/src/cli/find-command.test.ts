import { expect, it } from 'vitest';
import { type CommandSpec, defineCommand } from './define-command.js';
import { commandsOfGroup, findCommand } from './find-command.js';
import { parseArguments } from './parse-arguments.js';

const command = (name: string): CommandSpec =>
  defineCommand({
    name,
    args: '<dir>',
    needs: '--out <dir>',
    about: '',
    options: {},
    examples: [`kanrecon ${name} x`],
    run: async () => ({ json: null }),
  });
const commands = [command('data check'), command('data import'), command('train')];

it('reads a command of two words', () => {
  expect(findCommand(['data', 'check', 'x'], commands)).toEqual({ command: commands[0], rest: ['x'] });
  expect(findCommand(['data'], commands)).toBeUndefined();
  expect(commandsOfGroup('data', commands)).toEqual(commands.slice(0, 2));
  const parsed = parseArguments(['data', 'check', '007', '--json'], commands, '1');
  expect(parsed).toMatchObject({ kind: 'run', command: { name: 'data check' }, args: ['007'], values: { json: true } });
  expect(parseArguments(['train', 'check'], commands, '1')).toMatchObject({
    command: { name: 'train' },
    args: ['check'],
  });
});

it('names the second words when there is none or a wrong one', () => {
  const parse = (line: string) => () => parseArguments(line.split(' '), commands, '1');
  expect(parse('data')).toThrow('data needs one of check, import after it (see "kanrecon data --help").');
  expect(parse('data --json')).toThrow('data needs one of check, import after it');
  expect(parse('data chekc x')).toThrow('there is no command "data chekc"; did you mean "data check"?');
  expect(parse('data xylophone')).toThrow('there is no command "data xylophone"; data has check, import.');
  expect(parse('check x')).toThrow('there is no command "check"; did you mean "data check"?');
  expect(parse('data check')).toThrow(/data check needs <dir>/);
});
