import { describe, expect, it } from 'vitest';
import { sunPosition } from './sun-position.js';

describe('sunPosition', () => {
  it('leans while the sun stands straight above, and is the scene’s from 20° on', () => {
    expect(sunPosition({ tilt: 0, azimuth: 1 })).toEqual([0.25, -0.2, 1]);
    for (const tilt of [Math.PI / 9, 1, Math.PI / 2]) {
      const [x, y, z] = sunPosition({ tilt, azimuth: 2 });
      expect(Math.atan2(y, x)).toBeCloseTo(2, 9);
      expect(Math.atan2(Math.hypot(x, y), z)).toBeCloseTo(tilt, 9);
    }
  });

  it('never jumps', () => {
    for (let tilt = 0; tilt < 1.5; tilt += 0.01) {
      const [a, b] = [tilt, tilt + 0.01].map((one) => sunPosition({ tilt: one, azimuth: 0.5 }));
      expect(Math.hypot(...a!.map((value, i) => value - b![i]!))).toBeLessThan(0.03);
    }
  });
});
