import { checkBytes } from '@kanrecon/render';

/**
 * One of the eight symmetries of the square.
 *
 * @param source uint8 [size, size, 3], not changed
 * @param out where the result goes; must not be `source`
 * @param element 0 … 7: bit 0 mirrors left and right, bit 1 top and bottom, bit 2 swaps rows and columns; 0 changes nothing
 */
export function applyDihedral(source: Uint8Array, out: Uint8Array, size: number, element: number): void {
  checkBytes('applyDihedral', 'the image', source);
  checkBytes('applyDihedral', 'out', out);
  const last = size - 1;
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += 3) {
      const column = element & 1 ? last - x : x;
      const row = element & 2 ? last - y : y;
      const from = 3 * (element & 4 ? column * size + row : row * size + column);
      out[to] = source[from]!;
      out[to + 1] = source[from + 1]!;
      out[to + 2] = source[from + 2]!;
    }
  }
}
