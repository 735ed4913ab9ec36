import { type ParametricSurface, surfaceNormal, surfacePointError } from '@kanrecon/geometry';

/** The greatest number in single precision. */
const greatest = (2 - 2 ** -23) * 2 ** 127;

/**
 * Points, and if asked for unit normals, of a surface at every u with every v: x, y, z at offset + 3 · (i · vs.length + j).
 *
 * @throws SurfaceError if a point is not finite in single precision
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
    checkFinite();
    return;
  }
  for (let i = 0, at = offset; i < us.length; i++) {
    for (let j = 0; j < vs.length; j++, at += 3) {
      surface.position(us[i], vs[j], parameters, positions, at);
      if (normals !== undefined) surfaceNormal(surface, us[i], vs[j], parameters, normals, at);
    }
  }
  checkFinite();

  function checkFinite(): void {
    for (let i = 0, at = offset; i < us.length; i++) {
      for (let j = 0; j < vs.length; j++, at += 3) {
        // The greatest coordinate; a sum of three of them may overflow.
        const most = Math.max(Math.abs(positions[at]), Math.abs(positions[at + 1]), Math.abs(positions[at + 2]));
        if (most <= greatest) continue;
        const point = positions.subarray(at, at + 3);
        throw surfacePointError('renderSurface', surface, us[i], vs[j], parameters, point);
      }
    }
  }
}
