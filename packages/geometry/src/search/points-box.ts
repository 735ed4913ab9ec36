/**
 * The box around points start ≤ i < end: least x, y, z, then greatest x, y, z, written to `boxes[offset…]`.
 *
 * @param points x, y, z of each point (three of them are a triangle)
 */
export function pointsBox(points: Float32Array, boxes: Float32Array, offset: number, start: number, end: number): void {
  let minX = Infinity;
  let minY = Infinity;
  let minZ = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  let maxZ = -Infinity;
  for (let i = 3 * start; i < 3 * end; i += 3) {
    const x = points[i];
    const y = points[i + 1];
    const z = points[i + 2];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    if (z < minZ) minZ = z;
    if (z > maxZ) maxZ = z;
  }
  boxes[offset] = minX;
  boxes[offset + 1] = minY;
  boxes[offset + 2] = minZ;
  boxes[offset + 3] = maxX;
  boxes[offset + 4] = maxY;
  boxes[offset + 5] = maxZ;
}
