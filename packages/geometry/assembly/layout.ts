// What lies where in memory. JavaScript lays it out, fills it and writes the addresses into a table at address 0;
// src/search/triangle-search.ts is the other end of this file and has the same order. (A table, not globals: it keeps the module below 4 kB, up
// to which every browser compiles at once.)

/** Number of leaves (nodes are numbered leaves first, their parents next, the root last), of leaves and their parents, of all nodes. */
@inline export function leafEnd(): i32 { return load<i32>(0); }
@inline export function leafParentEnd(): i32 { return load<i32>(4); }
@inline export function nodeEnd(): i32 { return load<i32>(8); }
@inline export function triangleCount(): i32 { return load<i32>(12); }

/** For each inner node the boxes of its four children: the least x of the four, y, z, the greatest x, y, z. Missing children: ∞, −∞. */
@inline export function nodeBoxes(node: i32): usize { return load<usize>(16) + 96 * <usize>(node - leafEnd()); }
/** For each parent of leaves the turned boxes of these, 15 vectors of four: middle, three axes, half extents. */
@inline export function siblingFrames(node: i32): usize { return load<usize>(20) + 240 * <usize>(node - leafEnd()); }
/** For each leaf middle x, y, z, half its thickness; then the x of its three axes and 0, the y, the z. */
@inline export function leafFrame(leaf: i32): usize { return load<usize>(24) + 64 * <usize>leaf; }
/** Groups of four triangles: least and greatest extent along the leaf's first axis, along the second. Missing triangles: ∞, −∞. */
@inline export function rectangles(group: i32): usize { return load<usize>(28) + 64 * <usize>group; }
/** First group of each leaf, and the end. */
@inline export function groupStart(leaf: i32): i32 { return load<i32>(load<usize>(32) + 4 * <usize>leaf); }
/** First triangle of each leaf, first child of each inner node. */
@inline export function firstChild(node: i32): i32 { return load<i32>(load<usize>(36) + 4 * <usize>node); }
@inline export function parentOf(node: i32): i32 { return load<i32>(load<usize>(40) + 4 * <usize>node); }
/** Nine float32 of a triangle, by its place in the tree's order. */
@inline export function corners(place: i32): usize { return load<usize>(44) + 36 * <usize>place; }
/** The mesh's number of the triangle at a place. */
@inline export function triangleAt(place: i32): i32 { return load<i32>(load<usize>(48) + 4 * <usize>place); }
/** The leaf of a triangle, by the mesh's number. */
@inline export function leafOf(triangle: i32): i32 { return load<i32>(load<usize>(52) + 4 * <usize>triangle); }
/** x, y, z of a point to look up. */
@inline export function pointAt(point: i32): usize { return load<usize>(56) + 12 * <usize>point; }

/** Writes a point's result: squared distance and place. */
@inline export function setResult(point: i32, squared: f64, place: i32): void {
  store<f64>(load<usize>(60) + 8 * <usize>point, squared);
  store<i32>(load<usize>(64) + 4 * <usize>point, place);
}

/** Boxes and points, as bounds see them, are taken from here, the middle of the mesh. */
@inline export function centreX(): f64 { return load<f64>(72); }
@inline export function centreY(): f64 { return load<f64>(80); }
@inline export function centreZ(): f64 { return load<f64>(88); }
/** The furthest that a coordinate of the mesh is from there. */
@inline export function reach(): f32 { return load<f32>(96); }
/** The furthest that a point may be: from further away float32 does not tell one box from the next. */
@inline export function furthest(): f32 { return load<f32>(100); }

/** Squared distances to the rectangles of one leaf, at most 16 groups. */
export const SCRATCH: usize = 128;
/** Nodes still to open, and their squared distances: 8 bytes each, at most three for each level of the tree and four more. */
export const STACK: usize = 512;
