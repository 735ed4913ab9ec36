import { type ParametricSurface, surfaceNormal } from '@kanrecon/geometry';

/**
 * Points, and if asked for unit normals, of a surface at every u with every v: x, y, z at offset + 3 · (i · vs.length + j).
 */
export function gridPoints(
  surface: ParametricSurface,
  us: Float64Array,
  vs: Float64Array,
  parameters: Float64Array,
  positions: Float64Array,
  normals: Float64Array | undefined,
  offset: number,
): void {
  if (surface.grid !== undefined) {
    const count = 3 * us.length * vs.length;
    const part = (array: Float64Array) => array.subarray(offset, offset + count);
    surface.grid(us, vs, parameters, part(positions), normals && part(normals));
    return;
  }
  for (let i = 0, at = offset; i < us.length; i++) {
    for (let j = 0; j < vs.length; j++, at += 3) {
      surface.position(us[i], vs[j], parameters, positions, at);
      if (normals !== undefined) surfaceNormal(surface, us[i], vs[j], parameters, normals, at);
    }
  }
}
