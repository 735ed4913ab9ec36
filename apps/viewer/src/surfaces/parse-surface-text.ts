import type { FormulaSurfaceDefinition } from '@kanrecon/geometry';
import { ViewerError } from '../image/viewer-error.js';

/** The name that a surface of the formula box has. */
export const ownSurfaceName = 'own-formula';

/** What the box holds at first: a ring with knobs. */
export const firstSurfaceText = `u = 0 .. 2 pi
v = 0 .. 2 pi
ring = 0.8 .. 1.6
tube = 0.2 .. 0.7
knobs = 2 .. 9
depth = 0 .. 0.4

r = tube * (1 + depth cos(floor(knobs) * u))
x = (ring + r cos(v)) cos(u)
y = (ring + r cos(v)) sin(u)
z = r sin(v) + 0.9
`;

/**
 * A surface as lines of `name = …`: x, y and z are its point; u and v, written as `from .. to`, its domain; any other name with a range is a
 * parameter, and with a formula a name for it. `closed = u, v` names the directions whose ends meet.
 *
 * @throws ViewerError naming the line and what is wrong with it
 */
export function parseSurfaceText(text: string): FormulaSurfaceDefinition {
  const formulas = new Map<string, string>();
  const ranges = new Map<string, readonly [string, string]>();
  let closed = '';
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '') continue;
    const [, name, said] = /^([A-Za-z]\w*)\s*=(?!=)\s*(.+)$/.exec(line) ?? [];
    if (!name || !said) throw wrong(i, `it should be “name = formula” or “name = from .. to”, not “${line}”`);
    if (formulas.has(name) || ranges.has(name)) throw wrong(i, `it says ${name} a second time`);
    const ends = said.split('..').map((part) => part.trim());
    if (name === 'closed') closed = said;
    else if (ends.length === 2 && ends[0] && ends[1]) ranges.set(name, [ends[0], ends[1]]);
    else if (ends.length > 1) throw wrong(i, 'a range has two ends, as in “0 .. 1”');
    else formulas.set(name, said);
  }
  for (const name of ['x', 'y', 'z']) {
    if (!formulas.has(name))
      throw new ViewerError(`There is no line for ${name}; add “${name} = …”, a formula of u and v.`);
  }
  for (const name of ['u', 'v']) {
    if (!ranges.has(name)) throw new ViewerError(`There is no range for ${name}; add “${name} = 0 .. 1”.`);
  }
  const parameters = [...ranges]
    .filter(([name]) => name !== 'u' && name !== 'v')
    .map(([name, ends]) => numbers(name, ends));
  const { x, y, z, ...names } = Object.fromEntries(formulas) as Record<'x' | 'y' | 'z', string>;
  return {
    name: ownSurfaceName,
    parameters,
    domain: { u: ranges.get('u')!, v: ranges.get('v')! },
    ...(Object.keys(names).length > 0 && { let: names }),
    ...{ x: x!, y: y!, z: z! },
    ...(/\bu\b/.test(closed) && { closedU: true }),
    ...(/\bv\b/.test(closed) && { closedV: true }),
  };
}

function numbers(name: string, ends: readonly [string, string]): { name: string; min: number; max: number } {
  const [min, max] = ends.map(Number) as [number, number];
  if (Number.isFinite(min) && Number.isFinite(max) && min < max) return { name, min, max };
  throw new ViewerError(
    `The range of ${name} should go from a number to a larger one, as in “${name} = 0.5 .. 2”, not “${ends.join(' .. ')}”.`,
  );
}

function wrong(line: number, why: string): ViewerError {
  return new ViewerError(`Line ${line + 1}: ${why}.`);
}
