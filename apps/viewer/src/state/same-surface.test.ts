import { surfaceByName } from '@kanrecon/geometry';
import { surfaceFromFormulas } from '@kanrecon/geometry/formulas';
import { describe, expect, it } from 'vitest';
import { firstSurfaceText, parseSurfaceText } from '../surfaces/parse-surface-text.js';
import { sameSurface } from './same-surface.js';

const typed = (text: string) => surfaceFromFormulas(parseSurfaceText(text));

describe('sameSurface', () => {
  it('tells formulas apart that have one name', () => {
    const ring = typed(firstSurfaceText);
    expect(sameSurface(ring, typed(firstSurfaceText))).toBe(true);
    expect(sameSurface(ring, typed(firstSurfaceText.replace('0.8 .. 1.6', '0.8 .. 1.5')))).toBe(true);
    const higher = typed(firstSurfaceText.replace('+ 0.9', '+ 1.9'));
    expect(higher.name).toBe(ring.name);
    expect(sameSurface(ring, higher)).toBe(false);
  });

  it('goes by the name of those that are built in', () => {
    expect(sameSurface(surfaceByName('vase'), surfaceByName('vase'))).toBe(true);
    expect(sameSurface(surfaceByName('vase'), surfaceByName('torus-pair'))).toBe(false);
  });
});
