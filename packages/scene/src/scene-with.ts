import type { ParametricSurface } from '@kanrecon/geometry';
import { type PatternName, patternNames } from '@kanrecon/render';
import { fixedDistance } from './fixed-distance.js';
import type { CameraPlacement, CameraRanges, EffectRanges, LightRanges, Range, Scene } from './scene.js';

/** What a variant of a scene has otherwise. What is left out stays. All but the surface is plain JSON. */
export interface SceneChanges {
  readonly surface?: ParametricSurface;
  /** The placement may also be `fixed`: at the distance from which the largest object just fits. */
  readonly camera?: Partial<Omit<CameraRanges, 'placement'>> & { readonly placement?: CameraPlacement | 'fixed' };
  readonly pattern?: PatternName;
  readonly baseColor?: Range;
  readonly light?: Partial<LightRanges>;
  readonly background?: Range;
  readonly effects?: Partial<EffectRanges>;
}

const anyNumber: Range = [-1e6, 1e6];
/** What a range must lie in. */
const limits = {
  camera: { x: anyNumber, y: anyNumber, z: anyNumber, tanHalfFov: [0.01, 10] },
  light: { tilt: [0, Math.PI / 2], azimuth: anyNumber, strength: [0, 100], ambient: [0, 10] },
  effects: { occluders: [0, 100], blur: [0, 32], noise: [0, 255], jpeg: [1, 100] },
  baseColor: [0, 1],
  background: [0, 255],
} as const satisfies Record<string, Range | Record<string, Range>>;

/**
 * A variant of a scene. If it keeps its camera at a fixed distance and gets another surface or field of view, the distance is
 * found anew unless one is given.
 *
 * @param changes from code or `JSON.parse`: everything about it is checked
 * @throws if something is unknown or a range is none, or lies outside what is possible, or the surface has no parameters; SurfaceError if a
 *   distance is to be found and a point is not finite
 */
export function sceneWith(scene: Scene, changes: SceneChanges): Scene {
  refuseUnknown('', changes, ['surface', 'pattern', ...Object.keys(limits)]);
  const { surface = scene.surface, pattern = scene.pattern } = changes;
  if (surface.parameters.length === 0) {
    throw new Error(
      `sceneWith: the surface "${surface.name}" has no parameters; expected at least one, as images are there to read them from`,
    );
  }
  if (!patternNames.includes(pattern)) {
    throw new Error(`sceneWith: unknown pattern; expected one of ${patternNames.join(', ')}, got ${show(pattern)}`);
  }
  const { placement, ...angles } = changes.camera ?? {};
  const camera = { ...scene.camera, ...ranges('camera', angles) };
  return {
    ...scene,
    surface,
    pattern,
    camera: { ...camera, placement: placementOf(scene, surface, camera.tanHalfFov, placement) },
    baseColor:
      changes.baseColor === undefined ? scene.baseColor : range('baseColor', changes.baseColor, limits.baseColor),
    light: { ...scene.light, ...ranges('light', changes.light) },
    background:
      changes.background === undefined ? scene.background : range('background', changes.background, limits.background),
    effects: { ...scene.effects, ...ranges('effects', changes.effects) },
  };
}

function placementOf(
  scene: Scene,
  surface: ParametricSurface,
  tanHalfFov: Range,
  wanted: NonNullable<SceneChanges['camera']>['placement'],
): CameraPlacement {
  if (wanted === 'fitted') return wanted;
  if (wanted !== undefined && wanted !== 'fixed') {
    const distance = (wanted as { distance?: unknown } | null)?.distance;
    if (typeof distance !== 'number' || !(distance > 0) || !Number.isFinite(distance)) {
      throw new Error(
        `sceneWith: camera.placement is wrong; expected "fitted", "fixed" or { distance }, got ${show(wanted)}`,
      );
    }
    return { distance };
  }
  const { placement } = scene.camera;
  const same = surface === scene.surface && tanHalfFov[0] === scene.camera.tanHalfFov[0];
  if (wanted === undefined && (placement === 'fitted' || same)) return placement;
  return { distance: fixedDistance(surface, tanHalfFov[0]) };
}

function ranges<K extends 'camera' | 'light' | 'effects'>(group: K, given: object | undefined) {
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null) {
    throw new Error(`sceneWith: ${group} is wrong; expected an object of ranges, got ${show(given)}`);
  }
  const known: Record<string, Range> = limits[group];
  refuseUnknown(`${group}.`, given, group === 'camera' ? [...Object.keys(known), 'placement'] : Object.keys(known));
  const wanted = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(wanted.map(([name, value]) => [name, range(`${group}.${name}`, value, known[name])]));
}

function range(name: string, value: unknown, [least, greatest]: Range): Range {
  const whole = name !== 'effects.occluders' && name !== 'effects.jpeg' ? () => true : Number.isInteger;
  const good =
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((end) => Number.isFinite(end) && end >= least && end <= greatest && whole(end)) &&
    value[0] <= value[1];
  if (!good) {
    const kind = whole === Number.isInteger ? 'whole numbers' : 'numbers';
    throw new Error(
      `sceneWith: ${name} is wrong; expected a range [min, max] of ${kind} from ${least} to ${greatest}, got ${show(value)}`,
    );
  }
  return [value[0], value[1]];
}

function refuseUnknown(prefix: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new Error(`sceneWith: unknown field "${prefix}${unknown}"; expected ${known.join(', ')}`);
  }
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
