/**
 * Refuses strides, dilations and padding that are none; `operation` stands in the error. (What does not fit the image is found where
 * its sizes are known.)
 *
 * @throws if one is no whole number, or out of its range
 */
export function checkConvolution(
  operation: string,
  { strides = 1, dilations = 1, pad = 'valid' }: { strides?: unknown; dilations?: unknown; pad?: unknown },
): void {
  for (const [name, value] of Object.entries({ strides, dilations })) {
    const numbers = [value].flat();
    if (
      numbers.every((number) => Number.isInteger(number) && (number as number) > 0) &&
      (!Array.isArray(value) || value.length === 2)
    )
      continue;
    throw new Error(
      `${operation}: ${name} must be whole numbers above 0; expected one or [rows, columns], got ${JSON.stringify(value)}`,
    );
  }
  if (pad === 'valid' || pad === 'same' || isExplicit(pad)) return;
  throw new Error(
    `${operation}: unknown padding; expected 'valid', 'same' or [[0, 0], [top, bottom], [left, right], [0, 0]] in whole numbers from 0, got ${JSON.stringify(pad)}`,
  );
}

function isExplicit(pad: unknown): boolean {
  if (!Array.isArray(pad) || pad.length !== 4) return false;
  const pairs = pad.every(
    (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((side) => Number.isInteger(side) && side >= 0),
  );
  return pairs && [pad[0], pad[3]].every(([before, behind]) => before === 0 && behind === 0);
}
