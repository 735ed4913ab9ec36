// Distances to a surface, ours beside three-mesh-bvh, the search that three.js programs use: the same points and meshes, building included and
// queries alone, each in one thread. three-mesh-bvh is tried with its default way to split boxes and with the surface area heuristic, and the
// faster counts. (A bound from the point before, |p − its nearest point|, was also tried: no gain, as it opens the nearest box first anyhow.)
//
// Our index cannot be kept by users, so what building takes is the time for one point; queries alone are the rest.
import { surfaceDistances } from '@kanrecon/geometry';
import { BufferAttribute, BufferGeometry, Vector3 } from 'three';
import { CENTER, MeshBVH, SAH } from 'three-mesh-bvh';
import { median } from './median.mjs';

const rounds = 5;
/** For more points than this, three rounds. */
const many = 500_000;
/** Measurements are repeated until they are as long, milliseconds. */
const shortest = 20;
/** What distances may differ by, as a share of the coordinates. */
const tolerance = 1e-9;

/**
 * Medians over the rounds, milliseconds of CPU time, and what they say.
 *
 * @throws if the two do not find the same distances
 */
export function measureClosestPoints({ name, points, mesh }) {
  const one = points.slice(0, 3);
  const expected = surfaceDistances(points, mesh);
  const times = { ours: [], building: [], queries: [] };
  const rivals = [CENTER, SAH].map((strategy) => ({ strategy, building: [], queries: [], whole: [] }));
  let greatest = 0;
  for (let round = 0; round < (expected.length > many ? 3 : rounds); round++) {
    // By turns, so that what else the machine does slows all alike.
    const ours = timed(() => surfaceDistances(points, mesh));
    const building = timed(() => surfaceDistances(one, mesh));
    times.ours.push(ours);
    times.building.push(building);
    times.queries.push(ours - building);
    for (const rival of rivals) {
      let tree;
      const built = timed(
        (geometry) => {
          tree = new MeshBVH(geometry, { strategy: rival.strategy });
        },
        () => asGeometry(mesh),
      );
      const distances = new Float64Array(expected.length);
      const queried = timed(() => lookUp(tree, points, distances));
      rival.building.push(built);
      rival.queries.push(queried);
      rival.whole.push(built + queried);
      for (let i = 0; i < distances.length; i++) greatest = Math.max(greatest, Math.abs(distances[i] - expected[i]));
    }
  }
  const reach = mesh.positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(greatest <= tolerance * reach)) {
    throw new Error(
      `measureClosestPoints: ${name}: distances differ by ${greatest}; expected ${tolerance} of ${reach}`,
    );
  }
  const ours = median(times.ours);
  const building = median(times.building);
  const queries = median(times.queries);
  const [usual, sah] = rivals.map((rival) => ({
    building: median(rival.building),
    queries: median(rival.queries),
    whole: median(rival.whole),
  }));
  return {
    case: name,
    triangles: mesh.indices.length / 3,
    points: points.length / 3,
    'ours ms': ours,
    'ours building ms': building,
    'three-mesh-bvh ms': usual.whole,
    'three-mesh-bvh building ms': usual.building,
    'three-mesh-bvh queries ms': usual.queries,
    'SAH ms': sah.whole,
    'SAH building ms': sah.building,
    'SAH queries ms': sah.queries,
    'times faster, building included': Math.min(usual.whole, sah.whole) / ours,
    'building alone: times faster': Math.min(usual.building, sah.building) / building,
    // Where building is nearly all of it, the rest is noise.
    'queries alone: times faster': queries > 0.2 * ours ? Math.min(usual.queries, sah.queries) / queries : null,
    'their tree kept, ours built anew: times faster': Math.min(usual.queries, sah.queries) / ours,
    'greatest difference': greatest,
  };
}

/** three-mesh-bvh sorts the index that it is given: each tree gets its own. */
function asGeometry({ positions, indices }) {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices.slice(), 1));
  return geometry;
}

function lookUp(tree, points, distances) {
  const point = new Vector3();
  const target = { point: new Vector3(), distance: 0, faceIndex: 0 };
  for (let i = 0; i < distances.length; i++) {
    point.set(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
    distances[i] = tree.closestPointToPoint(point, target).distance;
  }
}

/** CPU milliseconds of a run, the mean of as many as it takes; what `prepare` does is not counted. */
function timed(run, prepare = () => undefined) {
  let total = 0;
  let count = 0;
  while (total < shortest) {
    const given = prepare();
    const start = process.cpuUsage();
    run(given);
    const { user, system } = process.cpuUsage(start);
    total += (user + system) / 1000;
    count++;
  }
  return total / count;
}
