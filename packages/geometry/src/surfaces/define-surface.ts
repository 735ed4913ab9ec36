import { showValue } from '../show-value.js';
import {
  checkDefinition,
  checkParameterFields,
  type FieldRule,
  flagField,
  functionField,
  isRecord,
  numberField,
  required,
  textField,
} from './check-definition.js';
import { checkSurface } from './check-surface.js';
import type { ParametricSurface, SurfaceBounds, SurfaceDomain } from './parametric-surface.js';
import type { SurfaceParameter } from './surface-parameter.js';

/** A parameter as `defineSurface` takes it. */
export type SurfaceParameterDefinition = Pick<SurfaceParameter, 'name' | 'min' | 'max'> & Partial<SurfaceParameter>;

/** A surface of one's own; see {@link defineSurface}. */
export interface SurfaceDefinition {
  /** Lower-case words joined by hyphens: `my-vase`. */
  readonly name: string;
  readonly description?: string;
  /** In the order of every parameter vector. `label` is the name and `unit` empty when left out. */
  readonly parameters: readonly SurfaceParameterDefinition[];
  /** The range of u and v, or a function of the parameters by name. */
  readonly domain: SurfaceDomain | ((parameters: Readonly<Record<string, number>>) => SurfaceDomain);
  /** The point at (u, v): x, y, z. The record holds the parameters by name; it is the same object at every call. */
  readonly point: (
    u: number,
    v: number,
    parameters: Readonly<Record<string, number>>,
  ) => readonly [x: number, y: number, z: number];
  /** The unit normal at (u, v), ∂/∂u × ∂/∂v; by differences when left out. */
  readonly normal?: SurfaceDefinition['point'];
  readonly closedU?: boolean;
  readonly closedV?: boolean;
  readonly poleVMin?: boolean;
  readonly poleVMax?: boolean;
  /** Separate pieces along u; see `ParametricSurface.parts`. */
  readonly parts?: number;
  readonly bounds?: (parameters: Readonly<Record<string, number>>) => SurfaceBounds;
  readonly area?: (parameters: Readonly<Record<string, number>>) => number;
}

const anyRule: FieldRule = { expected: 'a value', holds: () => true };
const rules: Readonly<Record<keyof SurfaceDefinition, FieldRule>> = {
  // A name and parameters have rules of their own.
  name: anyRule,
  description: textField,
  parameters: anyRule,
  domain: {
    expected: '{ uMin, uMax, vMin, vMax } or a function of the parameters',
    required: true,
    holds: (value) => typeof value === 'function' || isRecord(value),
  },
  point: required(functionField),
  normal: functionField,
  closedU: flagField,
  closedV: flagField,
  poleVMin: flagField,
  poleVMax: flagField,
  parts: numberField,
  bounds: functionField,
  area: functionField,
};

/**
 * A surface of one's own from a function of u, v and named parameters. What it claims is checked: it is probed with its parameters at
 * the least, middle and greatest of their ranges, its points also with others in between. With a `normal` normals are exact and need no
 * differences, with `bounds` a box is known at once and may be exact, with `area` the quadrature is saved.
 *
 * @throws if a field is missing, unknown or of the wrong kind, a name is wrong or a built-in surface's, a range is wrong, the domain is
 *   empty, a point is not finite in single precision, a seam or pole is not there, `normal` is no unit vector along ∂/∂u × ∂/∂v, the box
 *   of `bounds` does not contain the surface, or `area` is far from that of a mesh
 */
export function defineSurface(definition: SurfaceDefinition): ParametricSurface {
  checkDefinition('defineSurface', definition, rules);
  checkParameterFields('defineSurface', definition.parameters);
  const { name, description, domain, point, normal, bounds, area, parts } = definition;
  const parameters = definition.parameters.map((parameter) => ({ unit: '', label: parameter.name, ...parameter }));
  const record: Record<string, number> = {};
  const named = (vector: ArrayLike<number>) => {
    for (let i = 0; i < parameters.length; i++) record[parameters[i].name] = vector[i];
    return record;
  };
  const surface: ParametricSurface = {
    name,
    ...(description !== undefined && { description }),
    parameters,
    closedU: definition.closedU ?? false,
    closedV: definition.closedV ?? false,
    poleVMin: definition.poleVMin ?? false,
    poleVMax: definition.poleVMax ?? false,
    ...(parts !== undefined && { parts }),
    domain: (vector) => (typeof domain === 'function' ? domain(named(vector)) : domain),
    position(u, v, vector, out, offset = 0) {
      const [x, y, z] = triple('point', point(u, v, named(vector)));
      out[offset] = x;
      out[offset + 1] = y;
      out[offset + 2] = z;
    },
    ...(normal && {
      normal(u, v, vector, out, offset = 0) {
        const [x, y, z] = triple('normal', normal(u, v, named(vector)));
        out[offset] = x;
        out[offset + 1] = y;
        out[offset + 2] = z;
      },
    }),
    ...(bounds && { bounds: (vector) => bounds(named(vector)) }),
    ...(area && { area: (vector) => area(named(vector)) }),
  };
  return checkSurface(surface, 'defineSurface');
}

/** @throws if what a function gave is no list, which could not be taken apart */
function triple(name: string, given: readonly [x: number, y: number, z: number]): readonly [number, number, number] {
  if (Array.isArray(given) || ArrayBuffer.isView(given)) return given;
  throw new Error(
    `defineSurface: ${name} is wrong; expected a function that returns [x, y, z], got ${showValue(given)}`,
  );
}
