import type { Command, CommanderError } from 'commander';
import type { OptionSpecs } from './define-command.js';
import { suggestName } from './suggest-name.js';
import { UserError } from './user-error.js';

/** Our names of mistakes by commander's. */
const codes: Readonly<Record<string, string>> = {
  'commander.help': 'no-command',
  'commander.unknownCommand': 'unknown-command',
  'commander.unknownOption': 'unknown-flag',
  'commander.optionMissingArgument': 'missing-value',
  'commander.missingArgument': 'missing-argument',
  'commander.excessArguments': 'extra-argument',
};

/** Makes a command of commander's end by a UserError, in one sentence, where the user is mistaken. */
export function refuseMistakes(command: Command, specs: OptionSpecs = {}): Command {
  return command.exitOverride((error) => {
    const [word = ''] = command.args;
    // To "trian --help" commander shows the help of what has no command trian; without --help it says so.
    const shown = error.code === 'commander.helpDisplayed' && command.commands.length > 0;
    if (shown && /^[^-]/.test(word)) command.parse([word], { from: 'user' });
    if (error.exitCode === 0) throw error;
    throw new UserError(describe(error, command, specs), { code: codes[error.code] });
  });
}

function describe({ code, message }: CommanderError, command: Command, specs: OptionSpecs): string {
  const said = message.replace(/^error: /, '').replace('\n', ' ');
  const see = `see "${pathOf(command)} --help"`;
  switch (code) {
    case 'commander.help': {
      const names = command.commands.map((each) => each.name());
      return `${pathOf(command)} needs one of ${names.join(', ')} after it (${see}).`;
    }
    case 'commander.optionMissingArgument': {
      const [flag, spec] = Object.entries(specs).find(([name]) => said.includes(`'--${name} `)) ?? [];
      return spec ? `--${flag} needs a value: ${spec.expected}.` : `${said}.`;
    }
    case 'commander.missingArgument':
      return `${said}; usage: ${command.createHelp().commandUsage(command)}.`;
    case 'commander.excessArguments':
      return `${said.replace(/\.$/, '')}: ${command.args.join(' ')}.`;
  }
  const near = code === 'commander.unknownOption' ? flagWithOneDash(said, command) : undefined;
  if (near) return `${said} (Did you mean ${near}?).`;
  // Nearest to --no-compare in its letters is --compare, which means the opposite.
  if (said.endsWith('?)') && !said.includes("'--no-")) return `${said}.`;
  const place = code === 'commander.unknownOption' && command.commands.length > 0 ? 'flags follow the command; ' : '';
  return `${said.replace(/ \(Did.*/, '')} (${place}${see}).`;
}

/** The flag that was meant by a word such as `-epochs` or `-epoch=5`; commander looks for those of two dashes only. */
function flagWithOneDash(said: string, command: Command): string | undefined {
  const word = /'-([a-z][a-z\d-]+)(?:=.*)?'/i.exec(said)?.[1];
  const flags = command.options.filter(({ hidden }) => !hidden).map(({ long }) => `${long}`.slice(2));
  const near = word && suggestName(word, [...flags, 'help']);
  // Almost any two letters are near to a short flag.
  return near && (near === word || word.length > 3) ? `--${near}` : undefined;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
