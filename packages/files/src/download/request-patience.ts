import { type RequestContext, requestDefaults } from './request.js';

/** How long is waited for a server, and how often it is asked. */
export type RequestPatience = Pick<RequestContext, 'attempts' | 'retryDelayMs' | 'stallMs'>;

const longest = 2 ** 31 - 1;
const limits = {
  attempts: { least: 1, expected: 'a whole number from 1 on' },
  retryDelayMs: { least: 0, expected: 'milliseconds from 0 on' },
  stallMs: { least: 1, expected: 'milliseconds from 1 on' },
} as const;

/**
 * A caller's options with what holds where they are left out.
 *
 * @throws RangeError that begins with the caller if one is no such number, or milliseconds that no timer takes
 */
export function requestPatience(caller: string, options: Partial<RequestPatience>): RequestPatience {
  const read = (name: keyof RequestPatience): number => {
    const value = options[name] ?? requestDefaults[name];
    const { least, expected } = limits[name];
    const fits = typeof value === 'number' && value >= least && value <= longest;
    if (!fits || (name === 'attempts' && !Number.isInteger(value))) {
      throw new RangeError(`${caller}: ${name} is wrong; expected ${expected}, got ${String(value)}`);
    }
    return value;
  };
  return { attempts: read('attempts'), retryDelayMs: read('retryDelayMs'), stallMs: read('stallMs') };
}
