import { suggestName } from './suggest-name.js';

/** One `--flag` of a command: its help text, its default and how its text becomes a value. */
export interface OptionSpec<T> {
  /** Placeholder in the help text (`n`, `dir`); absent for a switch without a value. */
  readonly value?: string;
  readonly about: string;
  /** The value when the flag is not given. */
  readonly default: T;
  /** Help text of `--no-<flag>`, which switches it off: of a switch that may be on without being given. */
  readonly off?: string;
  /** What a right value looks like, for the error message. */
  readonly expected: string;
  /** What to do if none of that is wanted, for the error message: a clause. */
  readonly advice?: string;
  /** What the flag was called before; taken still, but not shown. */
  readonly formerly?: string;
  /** Whether it may be given more than once: its values are lists then, which are put one behind the other. */
  readonly repeatable?: boolean;
  /** The words it can be, where there are such, to suggest the nearest one. */
  readonly words?: readonly string[];
  /** The value of `text`, or undefined when it is none. */
  parse(text: string): T | undefined;
}

interface About<D> {
  about: string;
  default: D;
}

/** A whole number within `min` … `max`. */
export function integer<D extends number | undefined>(
  options: About<D> & { min?: number; max?: number },
): OptionSpec<number | D> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
  return {
    ...options,
    value: 'n',
    expected: `a whole number from ${min} to ${max}`,
    parse: (text) => (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
  };
}

/** A seed: of 32 bits, whatever it is for, so that one number does for the data and the training. */
export function seed({ about }: { about: string }): OptionSpec<number> {
  return integer({ about, max: 0xffffffff, default: 1 });
}

/** A finite number within `min` … `max` (`above` excludes its bound). */
export function number<D extends number | undefined>(
  options: About<D> & { min?: number; above?: number; max?: number; below?: number; advice?: string },
): OptionSpec<number | D> {
  const { min = Number.NEGATIVE_INFINITY, above = Number.NEGATIVE_INFINITY } = options;
  const { max = Number.POSITIVE_INFINITY, below = Number.POSITIVE_INFINITY } = options;
  const bounds = [
    Number.isFinite(min) ? `of at least ${min}` : '',
    Number.isFinite(above) ? `above ${above}` : '',
    Number.isFinite(max) ? `of at most ${max}` : '',
    Number.isFinite(below) ? `below ${below}` : '',
  ];
  return {
    ...options,
    value: 'x',
    expected: `a number ${bounds.filter(Boolean).join(' and ')}`.trim(),
    parse: (text) => {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      return Number.isFinite(value) && value >= min && value > above && value <= max && value < below
        ? value
        : undefined;
    },
  };
}

/** A uniform distribution's range within `min` … `max`: two numbers with two dots between them, or one number. */
export function range(options: {
  about: string;
  min: number;
  max: number;
  whole?: boolean;
  /** What the numbers are of, if that needs saying. */
  of?: string;
}): OptionSpec<readonly [min: number, max: number] | undefined> {
  const { about, min, max, whole = false, of } = options;
  return {
    about,
    value: 'a..b',
    default: undefined,
    expected: `a range a..b of ${whole ? 'whole numbers' : 'numbers'} from ${min} to ${max}${of ? ` for ${of}` : ''}, or one of them (a ≤ b)`,
    parse: (given) => {
      const ends = given.split('..').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
      const [from, to = from] = ends as [number, number?];
      const right = ends.every((end) => end >= min && end <= max && (!whole || Number.isInteger(end)));
      return right && ends.length <= 2 && from <= to ? [from, to] : undefined;
    },
  };
}

/** What a text is, by its placeholder. */
const textKinds: Readonly<Record<string, string>> = {
  dir: 'a folder',
  file: 'a file',
  path: 'a path',
  name: 'a name',
  url: 'an address that begins with https:// or http://',
};

/** Any non-empty text: a path, a name. */
export function text<D extends string | undefined>(
  options: About<D> & { value?: string; expected?: string; words?: readonly string[] },
): OptionSpec<string | D> {
  const { value = 'text', expected = textKinds[value] ?? 'some text' } = options;
  return { parse: (given) => given || undefined, ...options, value, expected };
}

/** One of a fixed set of words. */
export function choice<const T extends string>(
  options: About<NoInfer<T>> & { of: readonly T[]; advice?: string },
): OptionSpec<T> {
  return {
    ...options,
    words: options.of,
    value: options.of.length <= 4 ? options.of.join('|') : 'name',
    expected: `one of ${options.of.join(', ')}`,
    parse: (given) => options.of.find((word) => word === given),
  };
}

/** Whole numbers, separated by commas; empty text or `none` is the empty list. */
export function integerList<D extends readonly number[] | undefined>(
  options: About<D>,
): OptionSpec<readonly number[] | D> {
  return {
    ...options,
    value: 'n,n,…',
    expected: 'whole numbers of at least 1 separated by commas, or "none"',
    parse: (given) => {
      if (given === 'none' || given === '') return [];
      const parts = given.split(',').map((part) => part.trim());
      return parts.every((part) => /^[1-9]\d{0,8}$/.test(part)) ? parts.map(Number) : undefined;
    },
  };
}

/** A switch: `--flag` or nothing. */
export function flag(options: { about: string }): OptionSpec<boolean> {
  return {
    ...options,
    default: false,
    expected: 'nothing after it',
    parse: () => true,
  };
}

/** A switch that something else may have set already: `--flag` or `--no-flag`. */
export function toggle(options: About<boolean> & { off: string }): OptionSpec<boolean> {
  return {
    ...options,
    expected: 'nothing after it',
    parse: (text) => (text === '' || text === 'true' ? true : text === 'false' ? false : undefined),
  };
}

/** The sentence for a value that does not fit: what was expected, what came, and the nearest valid word if there is one. */
export function describeWrongValue(name: string, spec: OptionSpec<unknown>, given: string): string {
  const near = suggestName(given, spec.words ?? []);
  const advice = spec.advice ? `; ${spec.advice}` : '';
  return `--${name} takes ${spec.expected}, but got "${given}"${near ? `; did you mean "${near}"?` : `${advice}.`}`;
}
