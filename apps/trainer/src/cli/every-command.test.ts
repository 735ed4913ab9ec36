import { describe, expect, it } from 'vitest';
import { commands } from '../cli.js';
import { commonOptions } from './common-options.js';
import { parseArguments } from './parse-arguments.js';
import { UserError } from './user-error.js';

const parse = (words: readonly string[]) => parseArguments(words, commands, '1');
/** Words for the arguments that a command cannot do without. */
const needed = (args = '') => [...args.matchAll(/<[^>]*>/g)].map((_, i) => `word-${i}`);

describe.each(commands.map((command) => [command.name, command] as const))('%s', (name, { args, options }) => {
  const line = [...name.split(' '), ...needed(args)];

  it.each([['-photo.png'], ['--seed', '5'], ['--json'], ['--help'], ['help']])(
    'takes words after -- as they are or refuses them: -- %s %s',
    (...words) => {
      const asked = [...line, '--', ...words.filter((word) => typeof word === 'string')];
      const wanted = asked.slice(line.length + 1);
      let invocation: ReturnType<typeof parse>;
      try {
        invocation = parse(asked);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect(error).toMatchObject({ code: 'extra-argument', message: expect.stringContaining(wanted.join(' ')) });
        return;
      }
      if (invocation.kind !== 'run') throw new Error(`printed ${invocation.text}`);
      expect(invocation.args.slice(-wanted.length)).toEqual(wanted);
      expect([...invocation.given]).toEqual([]);
      expect(args).toContain('...');
    },
  );

  it('takes all of its arguments before a command sees them', () => {
    const last = parse(line);
    expect(last).toMatchObject({ kind: 'run', args: needed(args) });
  });

  it.each(Object.keys({ ...options, ...commonOptions }))('names --%s where one dash is missing', (flag) => {
    for (const word of [`-${flag}`, `-${flag}=5`]) {
      expect(() => parse([...line, word, '5'])).toThrow(
        expect.objectContaining({
          code: 'unknown-flag',
          message: `unknown option '${word}' (Did you mean --${flag}?).`,
        }),
      );
    }
  });

  it('has help by both ways, without running', () => {
    for (const words of [
      ['help', ...name.split(' ')],
      [...name.split(' '), '--help'],
      [...line, '--help'],
    ]) {
      expect(parse(words)).toMatchObject({ kind: 'printed', text: expect.stringContaining(`Usage: kanrecon ${name}`) });
    }
  });
});
