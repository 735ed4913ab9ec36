import { type ParametricSurface, superellipsoid, surfaceByName, torusPair, vase } from '@kanrecon/geometry';
import {
  type DrawnView,
  drawShape,
  renderView,
  type Scene,
  sceneByName,
  sceneNames,
  sceneWith,
  typicalView,
} from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { applyDihedral } from './apply-dihedral.js';
import { parseAugmentations } from './augmentations.js';
import { checkAugmentation } from './check-augmentation.js';
import { jitterColors } from './jitter-colors.js';
import { mirroredCamera, mirrorKeepsLabels } from './mirror-keeps-labels.js';
import { rotateImage } from './rotate-image.js';

// What each augmentation does to labels, shown by rendering: the changed image beside an image of the object that it shows.
const size = 64;
const [study, observable, fluted] = ['study', 'observable', 'fluted'].map(sceneByName) as [Scene, Scene, Scene];
const camera = { x: 0.8, y: 0.4, z: 2 };
const parameters = { radius: 0.9, height: 2.4, twist_amp: 1.2, twist_freq: 2, wave_amp: 0.3, wave_freq: 2.5 };
const baseColor = [0.7, 0.5, 0.3] as const;

function image(scene: Scene, change: object = {}, view: DrawnView = typicalView(scene, camera)) {
  return renderView(scene, { parameters: { ...parameters, ...change }, baseColor }, view, { size }).image.data;
}
function mirrored(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length);
  applyDihedral(data, out, size, 1);
  return out;
}
/** Mean over the pixels where either shows more than the background. */
function difference(a: Uint8Array, b: Uint8Array): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i] === 197 && b[i] === 197) continue;
    sum += Math.abs(a[i]! - b[i]!);
    count++;
  }
  return sum / count;
}
/** The least difference to an image of the object that the label names, from the mirrored camera or any further round. */
function differenceToLabel(scene: Scene, data: Uint8Array): number {
  const azimuths = Array.from({ length: 90 }, (_, k) => (k * Math.PI) / 90);
  const views = azimuths.map((azimuth) => typicalView(scene, mirroredCamera(camera, azimuth)));
  return Math.min(...views.map((view) => difference(data, image(scene, {}, view))));
}

describe('with the camera among the labels', () => {
  const check = (names: string, scene: Scene) => checkAugmentation(parseAugmentations(names)!, scene, true);

  it('what changes where an image is taken from is refused in a sentence', () => {
    for (const name of ['mirror', 'turns', 'rotate']) {
      expect(() => check(name, study)).toThrow(`checkCameraLabels: ${name} would make the labels of the camera false`);
    }
    expect(() => check('study', study)).toThrow('mirror, rotate would make');
    expect(() => check('hue', observable)).toThrow(
      'those of another camera; expected augmentation without it, or camera false',
    );
    for (const scene of [study, observable, fluted]) expect(() => check('color', scene)).not.toThrow();
    expect(() => check('hue', fluted)).not.toThrow();
    expect(() => checkAugmentation(['turns', 'hue'], observable)).not.toThrow();
  });

  it('other hues of a hue wheel look like another camera, but not quite', () => {
    const hued = image(observable).slice();
    jitterColors(hued, { brightness: 1, contrast: 1, saturation: 1, hue: 0.2 * Math.PI });
    const turned = (degrees: number) =>
      image(observable, {}, typicalView(observable, { ...camera, z: camera.z + (degrees * Math.PI) / 180 }));
    expect(difference(hued, turned(32))).toBeLessThan(difference(hued, turned(0)) / 2);
    expect(difference(hued, turned(32))).toBeGreaterThan(2);
  });
});

describe('mirror', () => {
  it('study: shows the very object of the label', () => {
    expect(differenceToLabel(study, mirrored(image(study)))).toBeLessThan(2);
  });

  it('fluted: shows a column twisted the other way round, and no column of the label', () => {
    const flipped = mirrored(image(fluted));
    const view = typicalView(fluted, mirroredCamera(camera, 0));
    expect(difference(flipped, image(fluted, { twist_amp: -1.2 }, view))).toBeLessThan(2);
    expect(differenceToLabel(fluted, flipped)).toBeGreaterThan(8);
  });

  it('observable: shows a twist the other way round, and the hue wheel too', () => {
    const flipped = mirrored(image(observable));
    const view = typicalView(observable, mirroredCamera(camera, 0));
    // Red to green to blue runs backwards: green and blue change places.
    const backwards = image(observable, { twist_amp: -1.2 }, view);
    for (let i = 0; i < backwards.length; i += 3) {
      [backwards[i + 1], backwards[i + 2]] = [backwards[i + 2]!, backwards[i + 1]!];
    }
    // Not less: the tone curve treats green and blue a little differently.
    expect(difference(flipped, backwards)).toBeLessThan(8);
    expect(differenceToLabel(observable, flipped)).toBeGreaterThan(20);
  });

  it.each<[string, Scene, boolean]>([
    ['study', study, true],
    ['observable', observable, false],
    ['fluted', fluted, false],
    ['spiral cylinder, plain, fixed camera', sceneWith(study, { camera: { placement: 'fixed' } }), true],
    ['spiral cylinder, stripes', sceneWith(study, { pattern: 'stripes' }), false],
    ['study with a slanted sun', sceneWith(study, { light: { tilt: [0, 1], azimuth: [0, 6.28] } }), true],
    ['study with noise', sceneWith(study, { effects: { noise: [10, 20] } }), true],
    ['vase', sceneWith(study, { surface: vase }), true],
    ['superellipsoid', sceneWith(fluted, { surface: superellipsoid }), true],
    ['superellipsoid, hue wheel', sceneWith(observable, { surface: superellipsoid }), false],
    // A tilted ring is mirrored into one tilted the other way, which is another label.
    ['torus pair', sceneWith(fluted, { surface: torusPair }), false],
    ['a sheared box', sceneWith(fluted, { surface: sheared(superellipsoid) }), false],
  ])('%s', (_, scene, keeps) => {
    expect(mirrorKeepsLabels(scene)).toBe(keeps);
  });
});

describe('rotate and turns', () => {
  it.each(sceneNames.filter((name) => sceneByName(name).camera.placement !== 'fitted'))(
    '%s: is the camera turned about its own axis',
    (name) => {
      const scene = sceneByName(name);
      const before = image(scene);
      const out = new Uint8Array(before.length);
      const angle = 0.3;
      rotateImage(before, out, size, angle, { background: 197 });
      // The turned camera's angles, from its axes: z stays, x and y turn.
      const turned = rolled(camera, -angle);
      const there = difference(out, image(scene, {}, typicalView(scene, turned)));
      const back = difference(out, image(scene, {}, typicalView(scene, rolled(camera, angle))));
      expect(there).toBeLessThan(7);
      expect(back).toBeGreaterThan(3 * there);
      applyDihedral(before, out, size, 3);
      expect(difference(out, image(scene, {}, typicalView(scene, rolled(camera, Math.PI))))).toBeLessThan(2);
    },
  );
});

describe('hue', () => {
  it('observable: is a camera further round', () => {
    const turn = 0.5;
    const jittered = Uint8Array.from(image(observable));
    jitterColors(jittered, { brightness: 1, contrast: 1, saturation: 1, hue: turn });
    const round = (angle: number) =>
      difference(jittered, image(observable, {}, typicalView(observable, { ...camera, z: camera.z + angle })));
    const differences = Array.from({ length: 63 }, (_, k) => round((k * Math.PI) / 31.5));
    const best = (Math.PI / 31.5) * differences.indexOf(Math.min(...differences));
    const off = Math.min(Math.abs(best - turn), Math.abs(2 * Math.PI - best - turn));
    expect(off).toBeLessThan(0.15);
    expect(Math.min(...differences)).toBeLessThan(0.45 * round(0));
  });
});

describe('checkAugmentation', () => {
  it('tells which part makes labels false and why, and what to use', () => {
    const check = (augment: string, scene: Scene) => checkAugmentation(parseAugmentations(augment)!, scene);
    const mistake = (augment: string, scene: Scene) => {
      try {
        check(augment, scene);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(() => check('study', observable)).toThrow(
      'mirror would make labels false: a mirrored image of the scene observable shows an object whose twist runs the other way round, which no twist_amp from 0.5 to 2 says, so the label cannot be corrected either',
    );
    expect(mistake('study', observable)).toMatchObject({
      code: 'false-labels',
      details: { others: ['rotate', 'color', 'hue'] },
    });
    expect(mistake('mirror', fluted)).toMatchObject({ details: { others: [] } });
    expect(mistake('dihedral', fluted)).toMatchObject({ details: { others: ['turns'] } });
    expect(() => check('mirror', sceneWith(fluted, { surface: torusPair }))).toThrow(
      'shows another object of the surface torus-pair than its label says',
    );
    for (const augment of ['none', 'rotate,color,hue', 'turns']) check(augment, fluted);
    for (const augment of ['study', 'dihedral', 'mirror']) check(augment, study);
  });

  it('reads names and lists of names', () => {
    expect(parseAugmentations('study')).toEqual(['mirror', 'rotate', 'color', 'hue']);
    expect(parseAugmentations('color, rotate,dihedral')).toEqual(['mirror', 'turns', 'rotate', 'color']);
    expect(parseAugmentations('none')).toEqual([]);
    for (const wrong of ['', 'flip', 'mirror,,', 'toString']) expect(parseAugmentations(wrong)).toBeUndefined();
  });
});

it('scenes of the same surface draw the same shapes', () => {
  expect(drawShape(study, 1, 1).parameters).toEqual(drawShape(observable, 1, 1).parameters);
  expect(surfaceByName('fluted-column')).toBe(fluted.surface);
});

/** The camera turned about its own viewing axis. */
function rolled(angles: typeof camera, roll: number) {
  // Two mirrors, one of them turned by half the angle, make a turn; here both act in the image.
  const rotation = rotationOf(angles);
  const [c, s] = [Math.cos(roll), Math.sin(roll)];
  const r = [0, 1, 2].map((row) => [
    c * rotation[row]![0]! + s * rotation[row]![1]!,
    -s * rotation[row]![0]! + c * rotation[row]![1]!,
    rotation[row]![2]!,
  ]);
  return {
    x: Math.atan2(r[2]![1]!, r[2]![2]!),
    y: Math.atan2(-r[2]![0]!, Math.hypot(r[2]![1]!, r[2]![2]!)),
    z: Math.atan2(r[1]![0]!, r[0]![0]!),
  };
}

function rotationOf({ x, y, z }: typeof camera): number[][] {
  const multiply = (a: number[][], b: number[][]) =>
    a.map((row) => [0, 1, 2].map((j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
  const [rx, ry, rz] = [
    [
      [1, 0, 0],
      [0, Math.cos(x), -Math.sin(x)],
      [0, Math.sin(x), Math.cos(x)],
    ],
    [
      [Math.cos(y), 0, Math.sin(y)],
      [0, 1, 0],
      [-Math.sin(y), 0, Math.cos(y)],
    ],
    [
      [Math.cos(z), -Math.sin(z), 0],
      [Math.sin(z), Math.cos(z), 0],
      [0, 0, 1],
    ],
  ];
  return multiply(rz!, multiply(ry!, rx!));
}

/** A surface without a mirror plane. */
function sheared({ normal: _, bounds: __, area: ___, ...surface }: ParametricSurface): ParametricSurface {
  return {
    ...surface,
    position(u, v, vector, out, offset = 0) {
      surface.position(u, v, vector, out, offset);
      const turn = 0.8 * out[offset + 2]!;
      const [x, y] = [1.8 * out[offset]!, out[offset + 1]!];
      out[offset] = x * Math.cos(turn) - y * Math.sin(turn);
      out[offset + 1] = x * Math.sin(turn) + y * Math.cos(turn);
    },
  };
}
