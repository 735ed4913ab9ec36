import { canonicalForm } from './affine-form.js';
import type { FormulaConstant } from './formula-constants.js';
import type { FormulaEdge, FormulaLayer, FormulaNetwork } from './formula-network.js';
import { symbolicFunctions } from './symbolic-functions.js';

/**
 * Writes the same network in one way of many, and names the constants that then say something: a hidden node's scale and shift can be
 * taken by the edges before it or by those after it. Hidden nodes get no constant of their own; their scale is such that the first edge
 * after them has a = 1 (sin, exp, tanh, …), c = 1 (x, sqrt), or the first edge before them c = 1 (powers, log, abs).
 *
 * Edges of c = 0 and nodes that nothing feeds are taken out first.
 */
export function simplifyFormulas(network: FormulaNetwork): FormulaConstant[] {
  dropDead(network);
  network.forEach((layer, l) => {
    canonicalEdges(layer);
    const next = network[l + 1];
    if (next) {
      moveConstants(layer, next);
      canonicalEdges(next);
      for (let node = 0; node < layer.units; node++) scaleNode(layer, next, node);
    }
  });
  return listConstants(network);
}

function dropDead(network: FormulaNetwork): void {
  network.forEach((layer, l) => {
    const before = network[l - 1];
    for (const { input, unit, name, a, b, c } of layer.edges) {
      // What reads a constant is one.
      if (before && !before.edges.some((edge) => edge.unit === input)) {
        layer.constants[unit]! += c * symbolicFunctions[name].value(a * before.constants[input]! + b);
      }
    }
    layer.edges = layer.edges.filter(
      ({ input, c }) => c !== 0 && (!before || before.edges.some((edge) => edge.unit === input)),
    );
  });
  for (let l = network.length - 2; l >= 0; l--) {
    const [layer, next] = [network[l]!, network[l + 1]!];
    layer.edges = layer.edges.filter(({ unit }) => next.edges.some(({ input }) => input === unit));
  }
}

function canonicalEdges({ edges, constants }: FormulaLayer): void {
  for (const edge of edges) {
    const { d, ...form } = canonicalForm({ ...edge, d: 0 });
    Object.assign(edge, form);
    constants[edge.unit]! += d;
  }
}

function moveConstants({ constants }: FormulaLayer, next: FormulaLayer): void {
  for (const edge of next.edges) edge.b += edge.a * constants[edge.input]!;
  constants.fill(0);
}

/** Which end of a hidden node names its scale. */
function gauge(layer: FormulaLayer, next: FormulaLayer, node: number) {
  const after = next.edges.filter(({ input }) => input === node);
  const curved = after.find(({ name }) => ['exp', 'wave', 'shape'].includes(symbolicFunctions[name].family));
  if (curved) return { edge: curved, fixes: 'a' as const };
  const plain = after.find(({ name }) => name === 'x' || name === 'sqrt');
  if (plain) return { edge: plain, fixes: 'c' as const };
  const first = layer.edges.find(({ unit }) => unit === node);
  return first && after.length > 0 ? { edge: first, fixes: 'before' as const } : null;
}

function scaleNode(layer: FormulaLayer, next: FormulaLayer, node: number): void {
  const found = gauge(layer, next, node);
  if (!found) return;
  const { edge, fixes } = found;
  let scale = edge.a;
  if (fixes === 'c') scale = edge.name === 'x' ? edge.c : edge.c ** 2;
  if (fixes === 'before') scale = 1 / edge.c;
  if (!(Number.isFinite(scale) && scale !== 0)) return;
  for (const before of layer.edges) if (before.unit === node) before.c *= scale;
  for (const after of next.edges) if (after.input === node) after.a /= scale;
  canonicalEdges(next);
  // Exactly, for print.
  if (fixes === 'a') edge.a = Math.sign(edge.a);
  else edge.c = Math.sign(edge.c);
}

function listConstants(network: FormulaNetwork): FormulaConstant[] {
  const fixed = new Set<string>();
  const key = (edge: FormulaEdge, layer: FormulaLayer, kind: string) =>
    `${network.indexOf(layer)}/${layer.edges.indexOf(edge)}/${kind}`;
  network.forEach((layer, l) => {
    const next = network[l + 1];
    for (let node = 0; next && node < layer.units; node++) {
      const found = gauge(layer, next, node);
      if (found?.fixes === 'before') fixed.add(key(found.edge, layer, 'c'));
      else if (found) fixed.add(key(found.edge, next, found.fixes));
    }
  });
  const result: FormulaConstant[] = [];
  network.forEach((layer, l) => {
    layer.edges.forEach((edge, index) => {
      const { family } = symbolicFunctions[edge.name];
      for (const kind of ['a', 'b', 'c'] as const) {
        const idle =
          (kind === 'a' && ['line', 'power', 'log'].includes(family)) ||
          (kind === 'b' && ['line', 'exp'].includes(family)) ||
          fixed.has(key(edge, layer, kind));
        if (!idle) result.push({ layer: l, kind, index });
      }
    });
    // Those of hidden nodes are in the edges after them.
    if (l === network.length - 1) {
      layer.constants.forEach((_, index) => {
        result.push({ layer: l, kind: 'constant', index });
      });
    }
  });
  return result;
}
