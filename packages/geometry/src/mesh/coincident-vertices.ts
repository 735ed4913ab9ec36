/**
 * For each vertex the index of the first vertex at exactly the same position: the two sides of a seam get one number.
 * One pass over an open-addressing hash table of the coordinates' bits.
 *
 * @param positions x, y, z of each vertex
 */
export function coincidentVertices(positions: Float32Array): Uint32Array {
  const count = positions.length / 3;
  // A copy whose −0 became +0: equal numbers must have equal bits.
  const normalized = Float32Array.from(positions, (value) => value + 0);
  const bits = new Int32Array(normalized.buffer);
  const mask = 2 ** Math.ceil(Math.log2(2 * count + 2)) - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  const first = new Uint32Array(count);
  for (let vertex = 0; vertex < count; vertex++) {
    const x = bits[3 * vertex];
    const y = bits[3 * vertex + 1];
    const z = bits[3 * vertex + 2];
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(z, 0xc2b2ae3d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const other = table[slot];
      if (other < 0) {
        table[slot] = vertex;
        first[vertex] = vertex;
        break;
      }
      if (bits[3 * other] === x && bits[3 * other + 1] === y && bits[3 * other + 2] === z) {
        first[vertex] = other;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return first;
}
