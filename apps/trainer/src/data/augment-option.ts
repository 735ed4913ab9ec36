import { augmentationNames, parseAugmentations } from '@kanrecon/training/names';
import type { OptionSpec } from '../cli/option-types.js';

/** `--augment`: names of augmentations or of a set of them. */
export function augmentOption(): OptionSpec<string> {
  return {
    about: `Changes to training images, separated by commas: ${augmentationNames.join(', ')}; what would make labels false is refused`,
    value: 'name,…',
    words: augmentationNames,
    default: 'none',
    expected: `one of ${augmentationNames.join(', ')}, or several of them but none, separated by commas`,
    parse(given) {
      const words = [...new Set(given.split(',').map((word) => word.trim()))];
      if (words.length > 1 && words.includes('none')) return undefined;
      return parseAugmentations(given) ? words.join(',') : undefined;
    },
  };
}
