import { surfaceByName } from '@kanrecon/geometry';
import { expect, it } from 'vitest';
import { typedSurfaceOf } from '../actions/surface-of-text.js';
import { firstSurfaceText } from '../surfaces/parse-surface-text.js';
import { middles } from './middles.js';
import { formatSurfaceLink, parseSurfaceLink, type SurfaceLink } from './surface-link.js';

const read = (hash: string) => parseSurfaceLink(hash, typedSurfaceOf);
const look = {
  baseColor: [0.1, 0.2, 0.7],
  light: { tilt: 0.5, azimuth: 4, strength: 1.5, ambient: 0.1 },
  pattern: 'stripes',
  orbit: { azimuth: 1, polar: 1.1, distance: 7 },
} as const;

it('reads what formatSurfaceLink writes, of every kind', async () => {
  const vase = surfaceByName('vase');
  const link: SurfaceLink = { surface: vase, parameters: middles(vase), ...look };
  expect(await read(`#${formatSurfaceLink(link)}`)).toEqual(link);
  const surface = await typedSurfaceOf(firstSurfaceText);
  const own: SurfaceLink = { surface, formula: firstSurfaceText, parameters: middles(surface) };
  const { surface: found, ...others } = (await read(formatSurfaceLink(own)))!;
  expect(others).toEqual({ formula: firstSurfaceText, parameters: { depth: 0.2, knobs: 5.5, ring: 1.2, tube: 0.45 } });
  expect(found.parameters).toEqual(surface.parameters);
  // The end of a range that has more digits than a link.
  const text = firstSurfaceText.replace('0 .. 0.4', '0 .. 0.41592658');
  const longer = await typedSurfaceOf(text);
  const end = { surface: longer, formula: text, parameters: { ...middles(longer), depth: 0.41592658 } };
  expect((await read(formatSurfaceLink(end)))!.parameters['depth']).toBe(0.41592658);
});

it('leaves other links to those who read them, and says what is wrong with its own', async () => {
  expect(await read('')).toBeUndefined();
  expect(await read('#model=study&radius=1&surface=3')).toBeUndefined();
  const vase = surfaceByName('vase');
  const hash = formatSurfaceLink({ surface: vase, parameters: middles(vase) });
  await expect(read('#.surface=toString')).rejects.toThrow('it names the surface “toString”; there are');
  await expect(read(hash.replace(/height=[^&]*/, 'height=9e9'))).rejects.toThrow('height should lie from');
  await expect(read(hash.replace(/height=[^&]*/, 'height='))).rejects.toThrow('height should be a number, not “”');
  await expect(read(`#.formula=${'x'.repeat(20_001)}`)).rejects.toThrow('its formula has 20001 letters');
  const broken = new URLSearchParams({ '.formula': firstSurfaceText.replace('sin(u)', 'sine(u)') });
  await expect(read(`#${broken}`)).rejects.toThrow(/^The link is damaged: its formula cannot be drawn: .*sine/);
});
