/** Cells per point. Few points share a cell then, though most cells of a surface's box are empty. */
const cellsPerPoint = 8;
/** A search over more rows of cells than this is left to the tree. */
const mostRows = 36;

/**
 * Exact nearest neighbours for queries that come with a good guess: points sorted into the cells of a regular grid over their
 * box. Only the cells within the guess's distance need to be looked at; cells along x lie next to each other in memory.
 */
export class PointGrid {
  /** For each sorted place the point's original index. */
  readonly order: Uint32Array;
  /** Index of the point that the last {@link nearest} found. */
  found = 0;
  /** Its squared distance. */
  squaredDistance = 0;

  private readonly points: Float32Array;
  private readonly starts: Uint32Array;
  private readonly min = [Infinity, Infinity, Infinity];
  private readonly counts = [1, 1, 1];
  private readonly inverse: number;
  /** More than any rounding error of a coordinate. */
  private readonly slack: number;

  /** @param positions x, y, z of each point: at least one point, all finite (see `checkedPoints`) */
  constructor(private readonly positions: Float32Array) {
    const { min, counts } = this;
    const max = [-Infinity, -Infinity, -Infinity];
    for (let i = 0; i < positions.length; i += 3) {
      for (let axis = 0; axis < 3; axis++) {
        const value = positions[i + axis];
        if (value < min[axis]) min[axis] = value;
        if (value > max[axis]) max[axis] = value;
      }
    }
    const count = positions.length / 3;
    const sizes = max.map((value, axis) => value - min[axis]);
    const edge = cellEdge(sizes, cellsPerPoint * count);
    this.inverse = edge > 0 ? 1 / edge : 0;
    for (let axis = 0; axis < 3; axis++) counts[axis] = Math.floor(sizes[axis] * this.inverse) + 1;
    this.slack = 1e-12 * Math.max(...min.map(Math.abs), ...max.map(Math.abs));
    const cells = new Uint32Array(count);
    this.starts = new Uint32Array(counts[0] * counts[1] * counts[2] + 1);
    for (let i = 0; i < count; i++) {
      const row = this.cell(positions[3 * i + 1], 1) + counts[1] * this.cell(positions[3 * i + 2], 2);
      cells[i] = this.cell(positions[3 * i], 0) + counts[0] * row;
      this.starts[cells[i]]++;
    }
    for (let cell = 0, next = 0; cell < this.starts.length; cell++) {
      next += this.starts[cell];
      this.starts[cell] = next;
    }
    this.order = new Uint32Array(count);
    this.points = new Float32Array(positions.length);
    for (let i = count - 1; i >= 0; i--) {
      const place = --this.starts[cells[i]];
      this.order[place] = i;
      for (let axis = 0; axis < 3; axis++) this.points[3 * place + axis] = positions[3 * i + axis];
    }
  }

  /**
   * Finds the nearest point and leaves its index and squared distance in {@link found} and {@link squaredDistance}.
   *
   * @param guess index of a point that is probably near
   * @returns false when the guess is so far away that too many cells would have to be searched
   */
  nearest(x: number, y: number, z: number, guess: number): boolean {
    const { points, positions, starts, counts } = this;
    let found = -1;
    let dx = positions[3 * guess] - x;
    let dy = positions[3 * guess + 1] - y;
    let dz = positions[3 * guess + 2] - z;
    let best = dx * dx + dy * dy + dz * dz;
    const radius = Math.sqrt(best) * (1 + 1e-9) + this.slack;
    const fromY = this.cell(y - radius, 1);
    const toY = this.cell(y + radius, 1);
    const fromZ = this.cell(z - radius, 2);
    const toZ = this.cell(z + radius, 2);
    const fromX = this.cell(x - radius, 0);
    const toX = this.cell(x + radius, 0);
    if ((toY - fromY + 1) * (toZ - fromZ + 1) > mostRows || toX - fromX > mostRows) return false;
    for (let cellZ = fromZ; cellZ <= toZ; cellZ++) {
      for (let cellY = fromY; cellY <= toY; cellY++) {
        const row = counts[0] * (cellY + counts[1] * cellZ);
        const end = starts[row + toX + 1];
        for (let place = starts[row + fromX], offset = 3 * place; place < end; place++, offset += 3) {
          dx = points[offset] - x;
          dy = points[offset + 1] - y;
          dz = points[offset + 2] - z;
          const distance = dx * dx + dy * dy + dz * dz;
          if (distance < best) {
            best = distance;
            found = place;
          }
        }
      }
    }
    this.found = found < 0 ? guess : this.order[found];
    this.squaredDistance = best;
    return true;
  }

  /** The cell of a coordinate along an axis; beyond the box the outermost one. */
  private cell(value: number, axis: number): number {
    const cell = Math.floor((value - this.min[axis]) * this.inverse);
    return cell < 0 ? 0 : cell >= this.counts[axis] ? this.counts[axis] - 1 : cell;
  }
}

/** Edge of cubic cells of which about `cells` fill the box; axes along which the box is thinner than a cell do not count. */
function cellEdge(sizes: readonly number[], cells: number): number {
  let wide = sizes.filter((size) => size > 0);
  while (wide.length > 0) {
    const edge = Math.exp((wide.reduce((sum, size) => sum + Math.log(size), 0) - Math.log(cells)) / wide.length);
    const wider = wide.filter((size) => size >= edge);
    if (wider.length === wide.length) return edge;
    wide = wider;
  }
  return 0;
}
