/** Runs of points with one Morton code that are longer than this are ordered again within their own, smaller box. */
const longestRun = 32;
const cells = 1024;
const radix = 1024;

/** Bits 0..9 of a number, moved to bits 0, 3, 6, … */
const spread = Uint32Array.from({ length: cells }, (_, value) => {
  let bits = 0;
  for (let bit = 0; bit < 10; bit++) bits |= ((value >> bit) & 1) << (3 * bit);
  return bits;
});

/**
 * The order of points along a Morton (Z-order) curve: neighbours in the order are near each other in space. Codes have ten bits
 * an axis; where many points share one (a far outlier can squeeze all others into one cell) they are ordered again among
 * themselves, so the order is good for any cloud. Linear memory, linear time for each such refinement (radix sort).
 *
 * @param points x, y, z of each point, all finite
 */
export function mortonOrder(points: Float32Array): Uint32Array {
  const count = points.length / 3;
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const codes = new Uint32Array(count);
  const spareCodes = new Uint32Array(count);
  const spareOrder = new Uint32Array(count);
  const counts = new Uint32Array(3 * radix);
  const pending: [number, number][] = [[0, count]];
  for (let range = pending.pop(); range; range = pending.pop()) {
    const [start, end] = range;
    if (!encode(points, order, codes, start, end)) continue;
    sort(start, end);
    for (let from = start, i = start + 1; i <= end; i++) {
      if (i < end && codes[i] === codes[from]) continue;
      if (i - from > longestRun) pending.push([from, i]);
      from = i;
    }
  }
  return order;

  /** Least significant digit first, three digits of ten bits; an odd number of passes, so the result is copied back. */
  function sort(start: number, end: number): void {
    counts.fill(0);
    for (let i = start; i < end; i++) {
      const code = codes[i];
      counts[code & 1023]++;
      counts[radix + ((code >>> 10) & 1023)]++;
      counts[2 * radix + (code >>> 20)]++;
    }
    for (let digit = 0; digit < 3; digit++) {
      for (let value = 0, next = start; value < radix; value++) {
        const size = counts[digit * radix + value];
        counts[digit * radix + value] = next;
        next += size;
      }
    }
    pass(codes, order, spareCodes, spareOrder, start, end, 0);
    pass(spareCodes, spareOrder, codes, order, start, end, 1);
    pass(codes, order, spareCodes, spareOrder, start, end, 2);
    codes.set(spareCodes.subarray(start, end), start);
    order.set(spareOrder.subarray(start, end), start);
  }

  function pass(
    fromCodes: Uint32Array,
    fromOrder: Uint32Array,
    toCodes: Uint32Array,
    toOrder: Uint32Array,
    start: number,
    end: number,
    digit: number,
  ): void {
    const shift = 10 * digit;
    const base = radix * digit;
    for (let i = start; i < end; i++) {
      const code = fromCodes[i];
      const slot = counts[base + ((code >>> shift) & 1023)]++;
      toCodes[slot] = code;
      toOrder[slot] = fromOrder[i];
    }
  }
}

/** Morton codes of a range of `order` within the range's own box; false when the box is a single point. */
function encode(points: Float32Array, order: Uint32Array, codes: Uint32Array, start: number, end: number): boolean {
  let minX = Infinity;
  let minY = Infinity;
  let minZ = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  let maxZ = -Infinity;
  for (let i = start; i < end; i++) {
    const offset = 3 * order[i];
    const x = points[offset];
    const y = points[offset + 1];
    const z = points[offset + 2];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
  }
  // One scale for all axes: cells are cubes.
  const size = Math.max(maxX - minX, maxY - minY, maxZ - minZ);
  if (!(size > 0)) return false;
  const scale = (cells - 1) / size;
  for (let i = start; i < end; i++) {
    const offset = 3 * order[i];
    const x = spread[((points[offset] - minX) * scale) | 0];
    const y = spread[((points[offset + 1] - minY) * scale) | 0];
    const z = spread[((points[offset + 2] - minZ) * scale) | 0];
    codes[i] = x | (y << 1) | (z << 2);
  }
  return true;
}
