// The nearest triangle of many points: src/search/triangle-index.ts' search with four boxes, and four triangles' rectangles, at a time.
//
// Bounds are computed in float32, less by more than all rounding, so they only ever let too much through; what is let through is measured in
// float64.

import {
  SCRATCH,
  STACK,
  centreX,
  centreY,
  centreZ,
  corners,
  firstChild,
  furthest,
  groupStart,
  leafEnd,
  leafFrame,
  leafOf,
  leafParentEnd,
  nodeBoxes,
  nodeEnd,
  parentOf,
  pointAt,
  reach,
  rectangles,
  setResult,
  siblingFrames,
  triangleAt,
  triangleCount,
} from './layout';
import { squaredTriangleDistance } from './triangle-distance';

/** Squared distance to the nearest triangle found until now, and its place. */
let best: f64 = Infinity;
let found: i32 = 0;
/** `best` as float32, rounded up. */
let bound: f32 = Infinity;
/** The point. */
let x: f64 = 0;
let y: f64 = 0;
let z: f64 = 0;
/** The point from the mesh's middle, and more than the rounding of its distances to boxes. */
let px: f32 = 0;
let py: f32 = 0;
let pz: f32 = 0;
let slack: f32 = 0;
/** `slack` as a share of the coordinates: some thirty times float32's. */
const ROUNDING: f32 = 1.9073486328125e-6;
/** Bytes of the stack in use. */
let top: usize = 0;

/**
 * Looks up the points first, first + stride, … before `end`, each beginning where the last one's result makes it probable. Points too far
 * away get the place −1.
 *
 * @param guess a triangle of the mesh near the first point
 * @param step from a point's nearest triangle to the next point's, in the mesh's numbers
 * @returns the guess for the next point
 */
export function nearestAlong(first: i32, end: i32, stride: i32, guess: i32, step: i32): i32 {
  for (let point = first; point < end; point += stride) {
    const at = pointAt(point);
    x = <f64>load<f32>(at);
    y = <f64>load<f32>(at, 4);
    z = <f64>load<f32>(at, 8);
    px = <f32>(x - centreX());
    py = <f32>(y - centreY());
    pz = <f32>(z - centreZ());
    const far = max<f32>(max<f32>(abs<f32>(px), abs<f32>(py)), abs<f32>(pz));
    if (far > furthest()) {
      setResult(point, 0, -1);
      continue;
    }
    slack = (far + reach()) * ROUNDING;
    nearest(leafOf(guess));
    setResult(point, best, found);
    guess = (triangleAt(found) + step) % triangleCount();
  }
  return guess;
}

/** From a leaf upwards: at each ancestor its other children, as far as they can hold something nearer. */
function nearest(leaf: i32): void {
  best = Infinity;
  bound = Infinity;
  searchLeaf(leaf);
  const root = nodeEnd() - 1;
  let node = leaf;
  while (node != root) {
    const below = node;
    node = parentOf(node);
    top = 0;
    open(node, below);
    while (top > 0) {
      top -= 8;
      if (load<f32>(STACK + top, 4) >= bound) continue;
      const next = load<i32>(STACK + top);
      if (next < leafEnd()) searchLeaf(next);
      else open(next, -1);
    }
  }
}

/** Puts a node's children, but for one, on the stack, if they can hold something nearer; the nearest on top. */
function open(node: i32, except: i32): void {
  const boxes = nodeBoxes(node);
  const dx = outside(v128.load(boxes), f32x4.splat(px), v128.load(boxes, 48));
  const dy = outside(v128.load(boxes, 16), f32x4.splat(py), v128.load(boxes, 64));
  const dz = outside(v128.load(boxes, 32), f32x4.splat(pz), v128.load(boxes, 80));
  let distance = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), f32x4.mul(dz, dz));
  const first = firstChild(node);
  let mask = nearer(distance);
  if (except >= 0) mask &= ~(1 << (except - first));
  if (mask == 0) return;
  if (node < leafParentEnd()) {
    const frames = siblingFrames(node);
    const mx = f32x4.sub(f32x4.splat(px), v128.load(frames));
    const my = f32x4.sub(f32x4.splat(py), v128.load(frames, 16));
    const mz = f32x4.sub(f32x4.splat(pz), v128.load(frames, 32));
    const e = beyond(mx, my, mz, frames + 48, frames + 192);
    const f = beyond(mx, my, mz, frames + 96, frames + 208);
    const n = beyond(mx, my, mz, frames + 144, frames + 224);
    distance = f32x4.max(distance, f32x4.add(f32x4.add(f32x4.mul(e, e), f32x4.mul(f, f)), f32x4.mul(n, n)));
    mask &= nearer(distance);
    if (mask == 0) return;
  }
  v128.store(SCRATCH, distance);
  const base = top;
  do {
    const lane = ctz(mask);
    mask &= mask - 1;
    const squared = load<f32>(SCRATCH + ((<usize>lane) << 2));
    let slot = STACK + top;
    top += 8;
    // Insertion sort.
    for (; slot > STACK + base && load<f32>(slot - 4) < squared; slot -= 8) store<u64>(slot, load<u64>(slot - 8));
    store<i32>(slot, first + lane);
    store<f32>(slot, squared, 4);
  } while (mask != 0);
}

/** Measures the triangles of a leaf that can be nearer, the one with the nearest rectangle first. */
function searchLeaf(leaf: i32): void {
  const at = leafFrame(leaf);
  const local = f32x4.add(
    f32x4.add(
      f32x4.mul(f32x4.splat(px - load<f32>(at)), v128.load(at, 16)),
      f32x4.mul(f32x4.splat(py - load<f32>(at, 4)), v128.load(at, 32)),
    ),
    f32x4.mul(f32x4.splat(pz - load<f32>(at, 8)), v128.load(at, 48)),
  );
  const e = f32x4.splat(f32x4.extract_lane(local, 0));
  const f = f32x4.splat(f32x4.extract_lane(local, 1));
  const n = max<f32>(abs<f32>(f32x4.extract_lane(local, 2)) - load<f32>(at, 12) - slack, 0);
  const above = f32x4.splat(n * n);
  const limit = rectangles(groupStart(leaf + 1));
  let least = f32x4.splat(Infinity);
  let slot = SCRATCH;
  for (let row = rectangles(groupStart(leaf)); row < limit; row += 64, slot += 16) {
    const de = outside(v128.load(row), e, v128.load(row, 16));
    const df = outside(v128.load(row, 32), f, v128.load(row, 48));
    const distance = f32x4.add(f32x4.add(f32x4.mul(de, de), f32x4.mul(df, df)), above);
    v128.store(slot, distance);
    least = f32x4.min(least, distance);
  }
  if (nearer(least) == 0) return;
  const start = firstChild(leaf);
  least = f32x4.min(least, v128.shuffle<f32>(least, least, 2, 3, 0, 1));
  least = f32x4.min(least, v128.shuffle<f32>(least, least, 1, 0, 3, 2));
  let group = SCRATCH;
  let mask = 0;
  while ((mask = v128.bitmask<i32>(f32x4.eq(v128.load(group), least))) == 0) group += 16;
  const likely = start + <i32>((group - SCRATCH) >> 2) + ctz(mask);
  measure(likely);
  let place = start;
  for (group = SCRATCH; group < slot; group += 16, place += 4) {
    const distance = v128.load(group);
    let mask = nearer(distance);
    while (mask != 0) {
      const candidate = place + ctz(mask);
      mask &= mask - 1;
      if (candidate == likely) continue;
      measure(candidate);
      mask &= nearer(distance);
    }
  }
}

function measure(place: i32): void {
  const squared = squaredTriangleDistance(corners(place), x, y, z);
  if (squared < best) {
    best = squared;
    found = place;
    // Up by more than the rounding of the bounds it is compared with.
    bound = <f32>squared * <f32>1.000001 + <f32>1e-37;
  }
}

/** How far p is outside of [low, high] at least. */
@inline
function outside(low: v128, p: v128, high: v128): v128 {
  return beyondSlack(f32x4.max(f32x4.sub(low, p), f32x4.sub(p, high)));
}

/** How far a point is beyond the half extent along an axis at least. */
@inline
function beyond(x: v128, y: v128, z: v128, axis: usize, half: usize): v128 {
  const along = f32x4.add(
    f32x4.add(f32x4.mul(x, v128.load(axis)), f32x4.mul(y, v128.load(axis, 16))),
    f32x4.mul(z, v128.load(axis, 32)),
  );
  return beyondSlack(f32x4.sub(f32x4.abs(along), v128.load(half)));
}

@inline
function beyondSlack(distance: v128): v128 {
  return f32x4.max(f32x4.sub(distance, f32x4.splat(slack)), f32x4.splat(0));
}

/** One bit for each of the four that is below the bound. */
@inline
function nearer(distance: v128): i32 {
  return v128.bitmask<i32>(f32x4.lt(distance, f32x4.splat(bound)));
}
