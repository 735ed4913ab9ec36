import { expect, it, vi } from 'vitest';
import { type CommandSpec, defineCommand } from './define-command.js';
import { joinSubcommand } from './join-subcommand.js';
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
  const parsed = parseArguments(['data', 'check', '007', '--json'], commands, '1');
  expect(parsed).toMatchObject({ kind: 'run', command: { name: 'data check' }, args: ['007'], values: { json: true } });
  expect(parseArguments(['train', 'check'], commands, '1')).toMatchObject({
    command: { name: 'train' },
    args: ['check'],
  });
});

it('names the second words when there is none or a wrong one', () => {
  expect(() => joinSubcommand(['data'], commands)).toThrow('data needs one of check, import after it');
  expect(() => joinSubcommand(['data', '--json'], commands)).toThrow('data needs one of check, import after it');
  expect(() => parseArguments(['data', 'chekc', 'x'], commands, '1')).toThrow('did you mean "data check"?');
  expect(() => parseArguments(['data', 'check'], commands, '1')).toThrow(/data check needs <dir>/);
});

it('lists the commands of a group alone on --help, with how each is used', () => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {});
  expect(parseArguments(['data', '--help'], commands, '1')).toEqual({ kind: 'printed' });
  expect(parseArguments(['data', 'check', '--help'], commands, '1')).toEqual({ kind: 'printed' });
  const [group, command] = info.mock.calls.map(([text]) => String(text));
  info.mockRestore();
  expect(group).toContain('$ kanrecon data <command> [options]');
  expect(group).toContain('data import');
  expect(group).not.toContain('train');
  expect(command).toContain('$ kanrecon data check <dir> --out <dir> [options]');
});
