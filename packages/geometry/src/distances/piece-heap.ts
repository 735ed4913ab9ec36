/** A part of a triangle: its corners, the triangles of the other mesh nearest to these, and a bound of the distance to that mesh. */
export interface Piece {
  readonly corners: readonly (readonly [x: number, y: number, z: number])[];
  readonly places: readonly number[];
  readonly bound: number;
}

/** Adds a piece to a binary heap, the greatest bound first. */
export function pushPiece(heap: Piece[], piece: Piece): void {
  let slot = heap.push(piece) - 1;
  while (slot > 0) {
    const parent = (slot - 1) >> 1;
    if (heap[parent].bound >= piece.bound) break;
    heap[slot] = heap[parent];
    slot = parent;
  }
  heap[slot] = piece;
}

/** Takes the piece with the greatest bound. */
export function popPiece(heap: Piece[]): Piece {
  const top = heap[0];
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  let slot = 0;
  for (;;) {
    let child = 2 * slot + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1].bound > heap[child].bound) child++;
    if (heap[child].bound <= last.bound) break;
    heap[slot] = heap[child];
    slot = child;
  }
  heap[slot] = last;
  return top;
}
