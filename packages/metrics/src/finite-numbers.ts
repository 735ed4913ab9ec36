import { finiteOrNaN } from './targets.js';

/**
 * A list of numbers, each checked.
 *
 * @param name of the argument, for the error
 * @throws if it is no array of numbers, is empty, or a number is not finite
 */
export function finiteNumbers(values: ArrayLike<number>, caller: string, name: string): Float64Array {
  if (typeof values !== 'object' || values === null || typeof values.length !== 'number') {
    throw new Error(`${caller}: ${name} must be an array of numbers, got ${values}`);
  }
  const numbers = Float64Array.from(values, finiteOrNaN);
  if (numbers.length === 0) throw new Error(`${caller}: ${name} is empty; expected at least one number, got 0`);
  const wrong = numbers.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new Error(`${caller}: number ${wrong} of ${name} must be a finite number, got ${numbers[wrong]}`);
  return numbers;
}
