import type { OptionValues } from '../cli/define-command.js';
import { flag, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';

/** The flags of beginning with a backbone that was trained elsewhere. */
export const pretrainedOptions = {
  pretrained: text({
    about:
      "Begin with a backbone that was trained elsewhere: imagenet, whose weights are fetched once from their publisher, or PyTorch's or safetensors' file; the head begins anew",
    value: 'imagenet|file',
    expected: 'imagenet, or a file (.safetensors, .pt, .pth)',
    default: undefined,
  }),
  offline: flag({ about: 'With --pretrained imagenet: fetch nothing, use what was fetched before' }),
  'weights-url': text({
    about: "With --pretrained imagenet: a mirror, in place of the publisher's server",
    value: 'url',
    default: undefined,
  }),
} as const;

/** Their values. */
export type PretrainedFlags = OptionValues<typeof pretrainedOptions>;

/** @throws UserError for flags that do not go together */
export function refuseBesidePretrained(
  { pretrained, 'weights-url': url }: PretrainedFlags,
  given: ReadonlySet<string>,
): void {
  const idle = ['offline', 'weights-url'].find((name) => given.has(name));
  if (idle && pretrained !== 'imagenet') throw new UserError(`--${idle} goes with --pretrained imagenet only.`);
  if (url !== undefined && !(URL.canParse(url) && /^https?:/i.test(url))) {
    throw new UserError(`--weights-url takes an address that begins with https:// or http://, but got "${url}".`);
  }
  if (url !== undefined && /[?#]/.test(url)) {
    throw new UserError(
      `--weights-url takes an address without ? and #, behind which files' paths can be set, but got "${url}".`,
    );
  }
  if (pretrained === undefined || !given.has('init-from')) return;
  throw new UserError('--pretrained and --init-from both say what the backbone begins with; leave out one of them.', {
    code: 'contradicting-flags',
  });
}
