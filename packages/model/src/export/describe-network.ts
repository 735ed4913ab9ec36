import { checkOptions } from '@kanrecon/image';
import { version } from '../../package.json';
import type { Reconstructor } from '../network/reconstructor.js';

/** Options of {@link describeNetwork}. */
export interface DescribeNetworkOptions {
  /** Under which the network may be used, such as `MIT`; nothing is said of it when left out. */
  readonly licence?: string;
}

/** {@link DescribeNetworkOptions} by name. */
export const describeNetworkNames: Required<DescribeNetworkOptions> = { licence: '' };

/**
 * What is to be known to use a network in another program, as the texts that files of other formats carry: `kanrecon.name`, `.version`,
 * `.licence`, and as JSON `.targets` (names, ranges, units, in the order of the outputs), `.angles` (where two targets are the cosine and
 * the sine of one), `.preprocessing`, `.config`, `.scene` and `.card` (scores, calibration and what else is known).
 *
 * @returns texts by key
 */
export function describeNetwork(
  { name, targets, config, card }: Pick<Reconstructor, 'name' | 'targets' | 'config' | 'card'>,
  options: DescribeNetworkOptions = {},
): Record<string, string> {
  checkOptions('describeNetwork', options, describeNetworkNames);
  const { licence } = options;
  const { scene, ...rest } = card;
  const { imageSize, fit, mean, std } = config;
  const angles = anglesAmong(targets.map((target) => target.name));
  const parts: Record<string, unknown> = {
    targets,
    ...(Object.keys(angles).length > 0 && { angles }),
    preprocessing: {
      ...{ width: imageSize, height: imageSize, channels: 'RGB', ...fit, mean, std },
      values: '(value - mean) / std of values in [0, 1], rows from the top',
    },
    config,
    ...(scene !== undefined && { scene }),
    ...(Object.keys(rest).length > 0 && { card: rest }),
  };
  return {
    'kanrecon.name': name,
    'kanrecon.version': version,
    ...(licence !== undefined && { 'kanrecon.licence': licence }),
    ...Object.fromEntries(Object.entries(parts).map(([key, value]) => [`kanrecon.${key}`, JSON.stringify(value)])),
  };
}

/** What pairs of targets are the cosine and the sine of. */
function anglesAmong(names: readonly string[]): Record<string, string> {
  const stems = names.flatMap((name) => /^(.+)_cos$/.exec(name)?.[1] ?? []);
  const pairs = stems.filter((stem) => names.includes(`${stem}_sin`));
  return Object.fromEntries(pairs.map((stem) => [stem, `atan2(${stem}_sin, ${stem}_cos)`]));
}
