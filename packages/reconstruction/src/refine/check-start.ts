import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import type { RefineStart } from './refine-start.js';

const names: OptionNames<RefineStart> = {
  normalized: 1,
  spread: 1,
  cameraAngles: 1,
  cameraSpread: 1,
  baseColor: 1,
};

/** @throws if a name is misspelt, a list is not of the scene's length, or a number is not finite or cannot be what it stands for */
export function checkStart(start: RefineStart, scene: Scene): void {
  checkOptions('refine', start, names);
  const { normalized, spread, cameraAngles, cameraSpread, baseColor } = start;
  const parameters = scene.surface.parameters.map(({ name }) => name);
  const each = `one for each of ${parameters.join(', ')}`;
  const { length } = parameters;
  check('normalized', normalized, length, -Infinity, Infinity, `${length} finite numbers, ${each}`);
  check('spread', spread, length, 0, Infinity, `${length} finite numbers from 0 on, ${each}`);
  const angles = cameraAngles && [cameraAngles.x, cameraAngles.y, cameraAngles.z];
  check('cameraAngles', angles, 3, -Infinity, Infinity, 'finite numbers x, y and z');
  check(
    'cameraSpread',
    cameraSpread === undefined ? undefined : [cameraSpread],
    1,
    0,
    Infinity,
    'a finite number from 0 on',
  );
  check('baseColor', baseColor, 3, 0, 1, 'three numbers from 0 to 1');
}

function check(
  name: keyof RefineStart,
  list: ArrayLike<number> | undefined,
  length: number,
  min: number,
  max: number,
  expected: string,
): void {
  if (list === undefined) return;
  const good = (value: number) => Number.isFinite(value) && value >= min && value <= max;
  if (list.length === length && Array.from(list).every(good)) return;
  const got = Array.from(list).join(', ') || 'none';
  throw new Error(`refine: the start's ${name} is wrong; expected ${expected}, got ${got}`);
}
