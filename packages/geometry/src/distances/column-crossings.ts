import type { Mesh } from '../mesh/mesh.js';

/** Vertical lines over a rectangle: column i + countX · j stands at x0 + (i + ½)·stepX, y0 + (j + ½)·stepY. */
export interface Columns {
  readonly x0: number;
  readonly y0: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly countX: number;
  readonly countY: number;
}

/** Where vertical lines cross a mesh: for each column the heights in ascending order, and +1 where the line enters, −1 where it leaves. */
export interface Crossings {
  /** First crossing of each column, and the number of crossings at the end. */
  readonly starts: Uint32Array;
  readonly heights: Float64Array;
  readonly turns: Int8Array;
}

/**
 * Crosses vertical lines with a mesh. A line that meets an edge or a corner belongs to one of the triangles there only, by a rule that
 * depends on the edge's coordinates alone, so that a line through a watertight mesh enters as often as it leaves.
 */
export function columnCrossings({ positions: p, indices }: Mesh, columns: Columns): Crossings {
  const { x0, y0, stepX, stepY, countX, countY } = columns;
  const starts = new Uint32Array(countX * countY + 1);
  each((column) => {
    starts[column]++;
  });
  for (let column = 0, next = 0; column < starts.length; column++) {
    next += starts[column];
    starts[column] = next;
  }
  const heights = new Float64Array(starts[starts.length - 1]);
  const turns = new Int8Array(heights.length);
  each((column, height, turn) => {
    const place = --starts[column];
    heights[place] = height;
    turns[place] = turn;
  });
  for (let column = 0; column + 1 < starts.length; column++)
    sortRange(heights, turns, starts[column], starts[column + 1]);
  return { starts, heights, turns };

  function each(visit: (column: number, height: number, turn: number) => void): void {
    for (let k = 0; k < indices.length; k += 3) {
      const [a, b, c] = [3 * indices[k], 3 * indices[k + 1], 3 * indices[k + 2]];
      const [ax, ay, bx, by, cx, cy] = [p[a], p[a + 1], p[b], p[b + 1], p[c], p[c + 1]];
      // A column more on each side: the rule decides, not the rounding of a division.
      const fromX = Math.max(0, Math.floor((Math.min(ax, bx, cx) - x0) / stepX - 1));
      const toX = Math.min(countX - 1, Math.ceil((Math.max(ax, bx, cx) - x0) / stepX));
      const fromY = Math.max(0, Math.floor((Math.min(ay, by, cy) - y0) / stepY - 1));
      const toY = Math.min(countY - 1, Math.ceil((Math.max(ay, by, cy) - y0) / stepY));
      for (let j = fromY; j <= toY; j++) {
        const y = y0 + (j + 0.5) * stepY;
        for (let i = fromX; i <= toX; i++) {
          const x = x0 + (i + 0.5) * stepX;
          const side = sideOf(ax, ay, bx, by, x, y);
          if (side !== sideOf(bx, by, cx, cy, x, y) || side !== sideOf(cx, cy, ax, ay, x, y)) continue;
          const overA = (bx - x) * (cy - y) - (by - y) * (cx - x);
          const overB = (cx - x) * (ay - y) - (cy - y) * (ax - x);
          const overC = (ax - x) * (by - y) - (ay - y) * (bx - x);
          const area = overA + overB + overC;
          const height = area === 0 ? p[a + 2] : (overA * p[a + 2] + overB * p[b + 2] + overC * p[c + 2]) / area;
          visit(i + countX * j, height, -side);
        }
      }
    }
  }
}

/** +1 if (x, y) is to the left of the way from a to b, −1 if to the right; exactly the opposite of the way from b to a. */
function sideOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): 1 | -1 {
  if (ax > bx || (ax === bx && ay > by)) return sideOf(bx, by, ax, ay, x, y) === 1 ? -1 : 1;
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0 ? 1 : -1;
}

/** Insertion sort: a line crosses a mesh a few times. */
function sortRange(heights: Float64Array, turns: Int8Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const height = heights[i];
    const turn = turns[i];
    let slot = i;
    for (; slot > start && heights[slot - 1] > height; slot--) {
      heights[slot] = heights[slot - 1];
      turns[slot] = turns[slot - 1];
    }
    heights[slot] = height;
    turns[slot] = turn;
  }
}
