/** What turns other numbers into bytes, by the tag of their array. */
const remedies: Readonly<Record<string, string>> = {
  Float32Array: 'values in [0, 1] are to be multiplied by 255 and rounded first',
  Float64Array: 'values in [0, 1] are to be multiplied by 255 and rounded first',
  Uint16Array: 'values of 16 bits are to be divided by 257 and rounded first',
  Array: 'Uint8Array.from makes one of whole numbers of 0 to 255',
};

/**
 * Refuses numbers that are no bytes: they would be read as bytes all the same, and a picture of floats in [0, 1] would be black.
 *
 * @param caller begins the error
 * @param what what the data are, as "the image's data"
 * @throws if the data are neither a Uint8Array (a Buffer of Node.js is one) nor a Uint8ClampedArray
 */
export function checkBytes(caller: string, what: string, data: unknown): void {
  const type = typeOf(data);
  if (type === 'Uint8Array' || type === 'Uint8ClampedArray') return;
  const remedy = remedies[type];
  throw new Error(
    `${caller}: ${what} are no bytes; expected a Uint8Array or Uint8ClampedArray, got ${type}${remedy ? ` (${remedy})` : ''}`,
  );
}

/** By tag rather than class: an array from another frame or worker is of another class, and a Buffer of Node's is a Uint8Array. */
export function typeOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
