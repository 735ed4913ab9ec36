import { spiralCylinder } from '@kanrecon/geometry';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from './dataset-error.js';
import { formatLabel } from './format-label.js';
import { parseLabel } from './parse-label.js';

// As the study writes it.
const studyLabel = `{
    "radius": 1.0550366218131955,
    "height": 2.8282592079149964,
    "twist_amp": 1.1381180282419685,
    "twist_freq": 2.2204701279272503,
    "wave_amp": 0.10557382968968887,
    "wave_freq": 3.670336778315283,
    "camera_angles": {
        "x_angle": 57.53950462554411,
        "y_angle": 337.2413617131718,
        "z_angle": 290.03819897393464
    },
    "image_file": "C:\\\\render\\\\images/3DfORMULA_000_vers0.png"
}`;

function problemOf(text: string) {
  try {
    parseLabel(text, 'label.json');
  } catch (error) {
    if (error instanceof DatasetError) return error.problems[0];
    throw error;
  }
  throw new Error('parseLabel took the label');
}

describe('parseLabel', () => {
  it('reads a label that begins with a byte-order mark', () => {
    expect(parseLabel(`\uFEFF${studyLabel}`, 'label.json')).toEqual(parseLabel(studyLabel, 'label.json'));
    expect(problemOf('\uFEFF\uFEFF{}')).toMatchObject({ kind: 'unreadable-label' });
  });

  it("reads the study's label: degrees become radians, only the image's base name counts", () => {
    const label = parseLabel(studyLabel, 'label.json');
    expect(label.parameters).toEqual({
      radius: 1.0550366218131955,
      height: 2.8282592079149964,
      twist_amp: 1.1381180282419685,
      twist_freq: 2.2204701279272503,
      wave_amp: 0.10557382968968887,
      wave_freq: 3.670336778315283,
    });
    expect(label.cameraAngles.x).toBeCloseTo(1.0042538056, 9);
    expect(label.cameraAngles.y).toBeCloseTo(5.885972135803993, 12);
    expect(label.imageFile).toBe('3DfORMULA_000_vers0.png');
    expect(label.baseColor).toBeUndefined();
  });

  it('names every missing and every non-finite value', () => {
    const text = studyLabel.replace('"wave_amp": 0.10557382968968887,', '').replace('1.0550366218131955', 'NaN');
    const problem = problemOf(text);
    expect(problem.kind).toBe('invalid-label');
    expect(problem.path).toBe('label.json');
    expect(problem.message).toContain('"radius" must be a finite number, got NaN');
    expect(problem.message).toContain('"wave_amp" is missing');
    expect(problemOf(studyLabel.replace('57.53950462554411', '-Infinity')).message).toContain('camera_angles.x_angle');
  });

  it.each([
    ['a number as text', studyLabel.replace('1.0550366218131955', '"1.05"'), 'got "1.05"'],
    ['null', studyLabel.replace('1.0550366218131955', 'null'), 'got null'],
    ['a number beyond double precision', studyLabel.replace('1.0550366218131955', '1e999'), 'got'],
    ['no camera', studyLabel.replace('camera_angles', 'camera'), '"camera_angles" must be an object'],
    ['no image', studyLabel.replace(/"image_file".*/, '"image_file": 3'), '"image_file" must name the image'],
    ['a list', '[1, 2]', 'must be a JSON object, got [1,2]'],
    ['a bad colour', studyLabel.replace('{', '{"base_color": [1, 2],'), '"base_color" must be three finite numbers'],
  ])('refuses %s', (_, text, message) => {
    const problem = problemOf(text);
    expect(problem.kind).toBe('invalid-label');
    expect(problem.message).toContain(message);
  });

  it.each(['', '{', 'radius: 1', `${studyLabel}}`])('refuses what is not JSON: %j', (text) => {
    expect(problemOf(text).kind).toBe('unreadable-label');
  });

  it('reads what formatLabel writes', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    const names = spiralCylinder.parameters.map(({ name }) => name);
    const label = fc.record({
      parameters: fc
        .tuple(...names.map(() => finite))
        .map((values) => Object.fromEntries(names.map((name, index) => [name, values[index]]))),
      cameraAngles: fc.record({ x: finite, y: finite, z: finite }),
      imageFile: fc.constant('3DfORMULA_7_vers3.png'),
      baseColor: fc.option(fc.tuple(finite, finite, finite), { nil: undefined }),
    });
    fc.assert(
      fc.property(label, (given) => {
        const read = parseLabel(formatLabel(given), 'label.json');
        // -0 has no place in JSON's integers.
        expect(Object.entries(read.parameters).map(([name, value]) => [name, value + 0])).toEqual(
          Object.entries(given.parameters).map(([name, value]) => [name, value + 0]),
        );
        for (const axis of ['x', 'y', 'z'] as const) {
          expect(Math.abs(read.cameraAngles[axis] - given.cameraAngles[axis])).toBeLessThanOrEqual(
            4e-16 * Math.abs(given.cameraAngles[axis]),
          );
        }
        expect(read.baseColor?.map((part) => part + 0)).toEqual(given.baseColor?.map((part) => part + 0));
      }),
      { seed: 1 },
    );
  });

  it('formatLabel refuses what is not finite', () => {
    const label = parseLabel(studyLabel, 'label.json');
    expect(() => formatLabel({ ...label, parameters: { ...label.parameters, height: Number.NaN } })).toThrow(
      'height must be a finite number, got NaN',
    );
  });
});
