/**
 * The largest connected piece of a mask that is more than a line: what is left of it after an opening by 3 × 3 pixels, so that bands along an
 * outline, two pixels wide, are none. 4-connected.
 *
 * @param mask [size, size], 0 or 1
 * @returns [size, size], 1 in the piece
 */
export function largestPiece(mask: Uint8Array, size: number): Uint8Array {
  const opened = spread(spread(mask, size, 0), size, 1);
  const piece = new Int32Array(mask.length);
  let [largest, most] = [0, 0];
  for (let start = 0, name = 0; start < mask.length; start++) {
    if (opened[start] === 0 || piece[start] !== 0) continue;
    name++;
    piece[start] = name;
    const open = [start];
    let count = 0;
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      count++;
      const x = pixel % size;
      for (const next of [x > 0 ? pixel - 1 : -1, x < size - 1 ? pixel + 1 : -1, pixel - size, pixel + size]) {
        if (next < 0 || opened[next] !== 1 || piece[next] !== 0) continue;
        piece[next] = name;
        open.push(next);
      }
    }
    if (count > most) [largest, most] = [name, count];
  }
  return Uint8Array.from(piece, (name) => (name !== 0 && name === largest ? 1 : 0));
}

/** Pixels that have a neighbour of the value, beside and diagonally, take it; beyond the frame all is 1. */
function spread(mask: Uint8Array, size: number, value: 0 | 1): Uint8Array {
  return mask.map((own, pixel) => {
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    for (let j = Math.max(0, y - 1); j <= Math.min(size - 1, y + 1); j++) {
      for (let i = Math.max(0, x - 1); i <= Math.min(size - 1, x + 1); i++) {
        if (mask[j * size + i] === value) return value;
      }
    }
    return own;
  });
}
