import { withoutCaller } from '@kanrecon/image';
import { modelByName } from '@kanrecon/model/names';
import type { OptionSpec } from './option-types.js';
import { UserError } from './user-error.js';

/** Flags that say a part of what a network's name says. */
const partsOfName = ['backbone', 'head', 'widths', 'dropout'] as const;

/** `--model`: a network's name, of which the first wrong part is told. */
export function modelOption(): OptionSpec<string | undefined> {
  return {
    about: 'Network by its name: backbone, whether it is trained, dropout, head, width (see "kanrecon models")',
    value: 'name',
    default: undefined,
    expected: 'the name of a network, such as EFFNETB0_UNLOCK_DROP_FOURIER_6',
    parse(given) {
      if (!given) return undefined;
      try {
        modelByName(given);
        return given;
      } catch (cause) {
        const said = withoutCaller((cause as Error).message);
        throw new UserError(`--model: ${said}${said.endsWith('?') ? '' : '.'}`, { code: 'wrong-value', cause });
      }
    },
  };
}

/** @throws UserError where a flag says a second time what the name of `--model` says */
export function refuseBesideModel(model: string | undefined, given: ReadonlySet<string>): void {
  const beside = partsOfName.filter((name) => given.has(name)).map((name) => `--${name}`);
  if (model === undefined || beside.length === 0) return;
  throw new UserError(
    `--model ${model} says the backbone, the head, its widths and its dropout; leave out ${beside.join(', ')}, or --model.`,
    { code: 'contradicting-flags' },
  );
}
