import { type FormulaConstant, getConstant, setConstant } from './formula-constants.js';
import { type FormulaNetwork, runFormulas } from './formula-network.js';
import { niceNumbersNear } from './nice-number.js';
import { halfSquares, refineFormulas } from './refine-formulas.js';
import type { Table } from './samples.js';
import { moments } from './statistics.js';

/**
 * How near a constant must lie to the exact number p/q that replaces it, relative to its size, times p·q: there are the more fractions
 * the larger p and q may be, and near every number is one of those that means nothing.
 */
const reach = 0.05;

/** With more constants than this only all are tried at once: one after the other would take minutes, and no one would read the formula. */
const mostAlone = 60;

/** Exact numbers that a constant may be, nearest allowed for each: parts of π only within a wave. */
function exactNumbersNear(value: number, allowPi: boolean): number[] {
  return niceNumbersNear(value, reach)
    .filter(({ value: exact, numerator, denominator, pi }) => {
      const near = Math.abs(exact - value) * Math.abs(numerator) * denominator <= reach * Math.abs(value);
      return near && (allowPi || !pi);
    })
    .map((nice) => nice.value);
}

/**
 * Replaces constants by 0, fractions and parts of π where the formula's error, all other constants refined anew, then grows by no more
 * than the given share. Nearest first; what does not hold is taken back.
 *
 * @param growth 0.02: the root mean square error may grow by 2 % at each step
 * @param floor root mean square errors below this count as none
 * @returns the constants that stay as they are
 */
export function snapConstants(
  network: FormulaNetwork,
  constants: readonly FormulaConstant[],
  samples: Table,
  targets: Float64Array,
  growth: number,
  floor: number,
): FormulaConstant[] {
  const least = (targets.length * floor ** 2) / 2;
  let free = [...constants];
  const original = halfSquares(runFormulas(network, samples), targets);
  // Of all steps together: no more than three times that of one.
  const limit = Math.max(original * (1 + 3 * growth) ** 2, least);
  let cost = original;
  // All at once first: where they hang together, none may move alone.
  const together = byDistance(network, constants).flatMap((constant) => {
    const value = getConstant(network, constant);
    const [nearest] = candidatesFor(network, constant, value, samples);
    const near = nearest !== undefined && (nearest === 0 || Math.abs(nearest - value) < 0.02 * Math.abs(value));
    return near ? [{ constant, value, nearest }] : [];
  });
  for (const { constant, nearest } of together) setConstant(network, constant, nearest);
  const others = free.filter((each) => !together.some(({ constant }) => constant === each));
  const othersBefore = others.map((each) => getConstant(network, each));
  const joint = refineFormulas(network, others, samples, targets, 30);
  if (joint <= Math.max(original * (1 + growth) ** 2, least)) {
    free = others;
    cost = joint;
  } else {
    for (const { constant, value } of together) setConstant(network, constant, value);
    others.forEach((each, i) => {
      setConstant(network, each, othersBefore[i]!);
    });
  }
  if (free.length > mostAlone) return free;
  for (const constant of byDistance(network, free)) {
    const before = free.map((each) => getConstant(network, each));
    const rest = free.filter((each) => each !== constant);
    const value = getConstant(network, constant);
    for (const candidate of candidatesFor(network, constant, value, samples)) {
      setConstant(network, constant, candidate);
      const next = refineFormulas(network, rest, samples, targets, 12);
      if (next <= Math.min(limit, Math.max(cost * (1 + growth) ** 2, least))) {
        cost = Math.max(next, 0);
        free = rest;
        break;
      }
      free.forEach((each, i) => {
        setConstant(network, each, before[i]!);
      });
    }
  }
  return free;
}

/** The constants in the order of how close they are to an exact number already. */
function byDistance(network: FormulaNetwork, constants: readonly FormulaConstant[]): FormulaConstant[] {
  const distance = (constant: FormulaConstant) => {
    const value = getConstant(network, constant);
    const exact = exactNumbersNear(value, inWave(network, constant));
    const nearest = exact.map((number) => Math.abs(number - value) / Math.abs(value || 1));
    return Math.min(Math.abs(value) < 0.1 ? Math.abs(value) : 1, ...nearest);
  };
  return [...constants].sort((p, q) => distance(p) - distance(q));
}

/** 0 where the number is small, then exact numbers, simplest first. */
function candidatesFor(
  network: FormulaNetwork,
  constant: FormulaConstant,
  value: number,
  { columns, data }: Table,
): number[] {
  const { layer, kind, index } = constant;
  const found = exactNumbersNear(value, inWave(network, constant));
  let size = 1;
  if (kind === 'constant' && layer === network.length - 1) {
    const edge = network[layer]!.edges.find(({ unit }) => unit === index);
    size = edge ? Math.abs(edge.c) : 1;
  }
  // A shift is small beside the inputs' size.
  if (kind === 'b' && layer === 0) {
    const edge = network[0]!.edges[index]!;
    size = Math.abs(edge.a) * moments(data.filter((_, k) => k % columns === edge.input)).deviation;
  }
  return Math.abs(value) < 0.1 * size ? [0, ...found] : found;
}

/** Whether the constant is a frequency or phase, or scales one through a straight line before it. */
function inWave(network: FormulaNetwork, { layer, kind, index }: FormulaConstant): boolean {
  const isWave = (name: string) => name === 'sin' || name === 'cos' || name === 'tan';
  const edge = network[layer]!.edges[index];
  if (kind === 'constant' || !edge) return false;
  if (kind !== 'c') return isWave(edge.name);
  const after = network[layer + 1]?.edges.filter(({ input }) => input === edge.unit) ?? [];
  return edge.name === 'x' && after.some(({ name }) => isWave(name));
}
