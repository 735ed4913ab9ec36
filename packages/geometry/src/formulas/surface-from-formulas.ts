import { showValue } from '../show-value.js';
import { checkParameterFields, isRecord } from '../surfaces/check-definition.js';
import { checkSurface } from '../surfaces/check-surface.js';
import type { FormulaSurfaceDefinition } from '../surfaces/formula-surface-definition.js';
import type { ParametricSurface } from '../surfaces/parametric-surface.js';
import { surfaceNormal } from '../surfaces/surface-normal.js';
import type { SurfaceParameter } from '../surfaces/surface-parameter.js';
import { FormulaProgram, RefusedFormulaError } from './formula-program.js';

const fields = ['name', 'description', 'parameters', 'domain', 'let', 'x', 'y', 'z'] as const;
const flags = ['closedU', 'closedV', 'poleVMin', 'poleVMax'] as const;
/** Below this part of the tangents' lengths their cross product is rounding: a pole. */
const vanishing = 1e-12;

/**
 * A surface from formulas, as a configuration file holds them: `+ − * / ^`, parentheses, comparisons, `a ? b : c`, `sin`, `cos`, `exp`,
 * `sqrt`, `min` and other usual functions, the constants `pi`, `tau` and `e`. Angles are radians. Formulas are parsed by math.js and
 * evaluated by a list of known functions: they cannot run code or reach objects. Normals are exact, by automatic differentiation; at a pole
 * by `surfaceNormal`'s differences.
 *
 * @param definition from `JSON.parse`: everything about it is checked
 * @throws if a field is missing, unknown or wrong, a formula cannot be read, or the surface is not sound (see `defineSurface`)
 */
export function surfaceFromFormulas(definition: FormulaSurfaceDefinition): ParametricSurface {
  const { parameters, domain } = checkedFields(definition);
  const names = parameters.map(({ name }) => name);
  const limits = new FormulaProgram(names);
  const edge = (axis: 'u' | 'v', end: 0 | 1) => compiled(limits, `domain.${axis}[${end}]`, domain[axis][end]);
  const edges = [edge('u', 0), edge('u', 1), edge('v', 0), edge('v', 1)];

  const program = new FormulaProgram(['u', 'v', ...names]);
  for (const [name, formula] of Object.entries(definition.let ?? {})) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || program.knows(name)) {
      throw fail(
        `the name ${showValue(name)} in let is wrong; expected letters, digits and underscores, and no name in use`,
      );
    }
    program.name(name, compiled(program, `let.${name}`, formula));
  }
  const outputs = (['x', 'y', 'z'] as const).map((axis) => compiled(program, axis, definition[axis]));
  const load = (u: number, v: number, vector: ArrayLike<number>) => {
    program.set(0, u);
    program.set(1, v);
    for (let i = 0; i < names.length; i++) program.set(i + 2, vector[i]);
  };
  const surface: ParametricSurface = {
    name: definition.name,
    ...(definition.description !== undefined && { description: definition.description }),
    definition,
    parameters,
    closedU: definition.closedU ?? false,
    closedV: definition.closedV ?? false,
    poleVMin: definition.poleVMin ?? false,
    poleVMax: definition.poleVMax ?? false,
    domain(vector) {
      for (let i = 0; i < names.length; i++) limits.set(i, vector[i]);
      limits.run();
      const [uMin, uMax, vMin, vMax] = edges.map((register) => limits.value(register));
      return { uMin, uMax, vMin, vMax };
    },
    position(u, v, vector, out, offset = 0) {
      load(u, v, vector);
      program.run();
      for (let axis = 0; axis < 3; axis++) out[offset + axis] = program.value(outputs[axis]);
    },
  };
  checkSurface(surface, 'surfaceFromFormulas');
  return { ...surface, normal: automaticNormal };

  function automaticNormal(...[u, v, vector, out, offset = 0]: Parameters<NonNullable<ParametricSurface['normal']>>) {
    load(u, v, vector);
    program.runWithDerivatives();
    const [ux, uy, uz] = outputs.map((register) => program.derivativeU(register));
    const [vx, vy, vz] = outputs.map((register) => program.derivativeV(register));
    const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    const length = Math.hypot(x, y, z);
    const tangents = Math.hypot(ux, uy, uz, vx, vy, vz);
    if (!(length > vanishing * tangents * tangents && length < Infinity)) {
      surfaceNormal(surface, u, v, vector, out, offset);
      return;
    }
    out[offset] = x / length;
    out[offset + 1] = y / length;
    out[offset + 2] = z / length;
  }
}

function compiled(program: FormulaProgram, where: string, formula: unknown): number {
  if (formula === undefined) throw fail(`${where} is missing; expected a number or a formula`);
  if (typeof formula !== 'string' && typeof formula !== 'number') {
    throw fail(`${where} is wrong; expected a number or a formula, got ${showValue(formula)}`);
  }
  try {
    return program.add(formula);
  } catch (cause) {
    const { message } = cause as Error;
    // The whole formula need not be quoted twice.
    const whole = withoutSpace(showValue(`${formula}`));
    if (cause instanceof RefusedFormulaError && withoutSpace(cause.part) === whole) {
      throw fail(`${where} = ${message}`, cause);
    }
    throw fail(`${where} = ${showValue(`${formula}`)} cannot be read: ${message}`, cause);
  }
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '');
}

function checkedFields(definition: FormulaSurfaceDefinition) {
  if (!isRecord(definition)) throw fail(`the definition is wrong; expected an object, got ${showValue(definition)}`);
  refuseUnknown('field', definition, [...fields, ...flags]);
  const { parameters, domain, description } = definition;
  if (description !== undefined && typeof description !== 'string') {
    throw fail(`description is wrong; expected text, got ${showValue(description)}`);
  }
  for (const flag of flags) {
    if (definition[flag] === undefined || typeof definition[flag] === 'boolean') continue;
    throw fail(`${flag} is wrong; expected true or false, got ${showValue(definition[flag])}`);
  }
  if (definition.let !== undefined && !isRecord(definition.let)) {
    throw fail(`let is wrong; expected an object of formulas, got ${showValue(definition.let)}`);
  }
  if (!isRecord(domain) || ![domain.u, domain.v].every((range) => Array.isArray(range) && range.length === 2)) {
    throw fail(`domain is wrong; expected { u: [min, max], v: [min, max] }, got ${showValue(domain)}`);
  }
  checkParameterFields('surfaceFromFormulas', parameters);
  const own = parameters.map((parameter): SurfaceParameter => {
    const empty = new FormulaProgram(['u', 'v']);
    if (empty.knows(parameter.name)) {
      throw fail(
        `a parameter cannot be named ${showValue(parameter.name)}; expected a name that formulas do not use otherwise`,
      );
    }
    return { unit: '', label: parameter.name, ...parameter };
  });
  return { parameters: own, domain };
}

function refuseUnknown(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) throw fail(`unknown ${what} ${showValue(unknown)}; expected ${known.join(', ')}`);
}

function fail(what: string, cause?: unknown): Error {
  return new Error(`surfaceFromFormulas: ${what}`, cause === undefined ? undefined : { cause });
}
