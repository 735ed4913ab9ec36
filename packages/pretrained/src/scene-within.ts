import type { CameraPlacement, Range, Scene } from '@kanrecon/scene';

/**
 * Whether one scene draws nothing that another would not draw, too, but not the other way round: `study` is within `robust`, which has the same
 * objects in any light. What is within explains its images as well, and leaves less open.
 */
export function isWithin(narrow: Scene, wide: Scene): boolean {
  return contains(wide, narrow) && !contains(narrow, wide);
}

function contains(wide: Scene, narrow: Scene): boolean {
  return (
    sameObjects(wide, narrow) &&
    wide.pattern === narrow.pattern &&
    samePlacement(wide.camera.placement, narrow.camera.placement) &&
    ranges(wide).every((range, i) => holds(range, ranges(narrow)[i]!))
  );
}

function sameObjects({ surface: a }: Scene, { surface: b }: Scene): boolean {
  return (
    a.name === b.name &&
    formulas(a) === formulas(b) &&
    a.parameters.length === b.parameters.length &&
    a.parameters.every((parameter, i) => {
      const other = b.parameters[i]!;
      return parameter.name === other.name && holds([parameter.min, parameter.max], [other.min, other.max]);
    })
  );
}

/** Of a surface of formulas only their text says what it is; empty of others. */
function formulas({ definition }: Scene['surface']): string {
  if (!definition) return '';
  const { domain, let: names, x, y, z } = definition;
  return JSON.stringify([domain, names, x, y, z]);
}

function samePlacement(a: CameraPlacement, b: CameraPlacement): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && a.distance === b.distance);
}

/** In the same order for every scene. */
function ranges({ camera, baseColor, light, background, effects }: Scene): readonly Range[] {
  const { x, y, z, tanHalfFov } = camera;
  const { tilt, azimuth, strength, ambient } = light;
  const { occluders, blur, noise, jpeg } = effects;
  return [x, y, z, tanHalfFov, baseColor, tilt, azimuth, strength, ambient, background, occluders, blur, noise, jpeg];
}

function holds([min, max]: Range, [from, to]: Range): boolean {
  return min <= from && to <= max;
}
