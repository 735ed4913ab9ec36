import type { Mesh } from './mesh.js';
import { meshGrid } from './mesh-grid.js';
import { searchKernel } from './search-kernel.js';
import { fillSearchMemory } from './search-memory.js';
import type { TriangleIndex } from './triangle-index.js';

/**
 * Searches the nearest triangle for every vertex; `visit` finds the result in the index, as after `nearest`. In WebAssembly if possible, to the
 * same result: two to three times faster. `visit` must not search by itself other than in this index.
 */
export function forEachNearest(a: Mesh | Float32Array, index: TriangleIndex, visit: (vertex: number) => void): void {
  const points = a instanceof Float32Array ? a : a.positions;
  const { order, places, grid } = index;
  const count = points.length / 3;
  const triangles = order.length;
  // Vertices that follow each other are neighbours, and so are probably their nearest triangles. On a grid vertices are taken along u: along v a
  // twist would take them further away.
  const vertices = meshGrid(a);
  const row = vertices ? vertices.vSteps + 1 : 1;
  const step = (vertices && grid ? 2 * grid.vSteps : 2) % triangles;
  const kernel = searchKernel();
  const results = kernel && fillSearchMemory(kernel, index, points);
  let guess = 0;
  for (let start = 0; start < row; start++) {
    if (results) guess = kernel.nearestAlong(start, count, row, guess, step);
    for (let vertex = start; vertex < count; vertex += row) {
      if (results) {
        index.place = results.places[vertex];
        index.squaredDistance = results.squaredDistances[vertex];
      } else {
        index.nearest(points[3 * vertex], points[3 * vertex + 1], points[3 * vertex + 2], places[guess]);
        guess = (order[index.place] + step) % triangles;
      }
      visit(vertex);
    }
  }
}
