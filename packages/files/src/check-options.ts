import { nearestName } from './nearest-name.js';

/** The options that a function takes, by name: of a type, so that the compiler holds the list against the interface. */
export type OptionNames<T> = Readonly<Record<keyof T, unknown>>;

/**
 * Refuses an option that a function does not have: a misspelt one would be ignored, and its default used, without a word.
 *
 * @param caller begins the error
 * @param known the function's options, by name; the values do not matter, so that its defaults will do where they name every option
 * @throws if the options are no object, or one of them is not known; the error names the one that was probably meant
 */
export function checkOptions<T extends object>(caller: string, options: T, known: OptionNames<T>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const got = options === null ? 'null' : Array.isArray(options) ? 'an array' : typeof options;
    throw new Error(`${caller}: the options are wrong; expected an object, got ${got}`);
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const names = Object.keys(known).sort();
    const near = nearestName(name, names);
    const hint = near === undefined ? '.' : `; did you mean ${near}?`;
    throw new Error(`${caller}: unknown option ${name}${hint} Options: ${names.join(', ')}`);
  }
}
