import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { knownOfScene } from './known-of-scene.js';
import { knownOption } from './known-option.js';

const study = sceneByName('study');
const { parse } = knownOption({ about: 'known' });
const angle = (degrees: number) => (degrees * Math.PI) / 180;
const known = (text: string, label?: { x: number; y: number; z: number }) =>
  knownOfScene(study, parse(text) ?? [], label && { cameraAngles: label, from: '--camera l.json' });

describe('knownOfScene', () => {
  it('takes parameters in their units and camera angles in degrees', () => {
    expect(known('height=2,radius=.8..9')).toEqual({
      parameters: { height: [2, 2], radius: [0.8, 9] },
      cameraAngles: {},
    });
    const { x, y } = known('camera_x=50,camera_y=-30..30').cameraAngles as Record<string, [number, number]>;
    expect(x).toEqual([angle(50), angle(50)]);
    // A full turn's: any turn of it is the same.
    expect([Math.sin(y![0]), Math.sin(y![1])].map((sine) => sine.toFixed(6))).toEqual(['-0.500000', '0.500000']);
  });

  it("knows all of a label's camera, on the scene's turn", () => {
    const { cameraAngles } = known('height=2', { x: angle(50) + 2 * Math.PI, y: 1, z: 2 });
    expect(cameraAngles!.x).toEqual([expect.closeTo(angle(50), 9), expect.closeTo(angle(50), 9)]);
    expect(Object.keys(cameraAngles!)).toEqual(['x', 'y', 'z']);
  });

  it.each([
    ['heigth=2', /--known heigth is no parameter .*; did you mean "height"\?$/],
    ['weight_of_it=2', /expected one of radius, height, .*, camera_x, camera_y, camera_z, camera_distance\.$/],
    ['height=2,height=2.5', /--known names height twice/],
    ['height=7', /--known height=7 is outside .*: the scene study has height from 1 to 3\.$/],
    ['radius=.1..0.2', /--known radius=\.1\.\.0\.2 is outside .* radius from 0\.5 to 1\.5\.$/],
    ['camera_distance=0..2', /--known camera_distance=0\.\.2 is no distance; expected more than 0/],
    ['camera_x=-20', /--known camera_x=-20 is outside .* camera_x from \d+ to \d+ degrees\.$/],
  ])('refuses %s', (text, message) => {
    expect(() => known(text)).toThrow(message);
  });

  it("takes the camera's distance where cameras are fitted to the object, and refuses it elsewhere", () => {
    expect(known('camera_distance=5..6').cameraDistance).toEqual([5, 6]);
    expect(known('height=2').cameraDistance).toBeUndefined();
    const entries = parse('camera_distance=5') ?? [];
    expect(() => knownOfScene(sceneByName('observable'), entries)).toThrow(
      /--known camera_distance=5 says nothing: the cameras of the scene observable all stand [\d.]+ away; leave it out\.$/,
    );
  });

  it("refuses a label's camera that the scene has not, and angles that are said twice", () => {
    expect(() => known('', { x: angle(-20), y: 0, z: 0 })).toThrow(/--camera l\.json \(x_angle -20\) is outside/);
    expect(() => known('camera_y=5', { x: angle(50), y: 0, z: 0 })).toThrow(/camera_y=5 says what --camera says/);
  });
});
