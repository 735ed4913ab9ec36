import { checkOptions, type OptionNames } from './check-options.js';

/**
 * What a layer, initializer or regularizer is made from, in code or from a saved configuration: looked at, and without the
 * `customObjects` that TensorFlow.js puts into every configuration that it reads.
 *
 * @throws if something is not known, with the name that was probably meant
 */
export function checkedConfig<T extends object>(caller: string, config: T, known: OptionNames<T>): T {
  // No object has none to leave out, and is refused as such.
  if (typeof config !== 'object' || config === null) checkOptions<object>(caller, config, known);
  const { customObjects: _, ...given } = config as T & { readonly customObjects?: object };
  checkOptions<object>(caller, given, known);
  return given as unknown as T;
}
