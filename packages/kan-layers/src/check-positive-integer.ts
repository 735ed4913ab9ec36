/** @throws if the value is not a positive integer */
export function checkPositiveInteger(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${name} is wrong; expected a positive integer, got ${value}`);
  }
}
