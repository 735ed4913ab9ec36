import type { CheckedPoints } from '../mesh/checked-points.js';
import type { TriangleIndex } from './triangle-index.js';
import { triangleSearch } from './triangle-search.js';

/**
 * Searches the nearest triangle for every point; `visit` finds the result in the index, as after `nearest`. In WebAssembly if possible, to the
 * same result, about twice as fast. `visit` must not search by itself other than in this index.
 */
export function forEachNearest(
  { positions: points, grid: vertices }: Pick<CheckedPoints, 'positions'> & Partial<Pick<CheckedPoints, 'grid'>>,
  index: TriangleIndex,
  visit: (vertex: number) => void,
): void {
  const { order, places, grid } = index;
  const count = points.length / 3;
  const triangles = order.length;
  // Vertices that follow each other are neighbours, and so are probably their nearest triangles. On a grid vertices are taken along u: along v a
  // twist would take them further away.
  const row = vertices ? vertices.vSteps + 1 : 1;
  const step = (vertices && grid ? 2 * grid.vSteps : 2) % triangles;
  const search = triangleSearch(index, points);
  // Two guesses: the kernel looks up a row before JavaScript looks up what is left of it.
  let guess = 0;
  let guessFar = 0;
  for (let start = 0; start < row; start++) {
    if (search) guess = search.kernel.nearestAlong(start, count, row, guess, step);
    for (let vertex = start; vertex < count; vertex += row) {
      if (search && search.places[vertex] >= 0) {
        index.place = search.places[vertex];
        index.squaredDistance = search.squaredDistances[vertex];
      } else {
        index.nearest(points[3 * vertex], points[3 * vertex + 1], points[3 * vertex + 2], places[guessFar]);
        guessFar = (order[index.place] + step) % triangles;
      }
      visit(vertex);
    }
  }
}
