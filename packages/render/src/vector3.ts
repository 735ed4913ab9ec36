/** Three numbers: x, y, z (right-handed, z up, the object's units) or r, g, b. */
export type Vector3 = readonly [number, number, number];
