import { checkSurface } from './check-surface.js';
import type { ParametricSurface, SurfaceBounds, SurfaceDomain, SurfaceParameter } from './parametric-surface.js';

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

/**
 * A surface of one's own from a function of u, v and named parameters. What it claims is checked: it is probed with its parameters at
 * the least, middle and greatest of their ranges.
 *
 * @throws if a name or range is wrong, the domain is empty, a point is not finite, or a seam or pole is not there
 */
export function defineSurface(definition: SurfaceDefinition): ParametricSurface {
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
      const [x, y, z] = point(u, v, named(vector));
      out[offset] = x;
      out[offset + 1] = y;
      out[offset + 2] = z;
    },
    ...(normal && {
      normal(u, v, vector, out, offset = 0) {
        const [x, y, z] = normal(u, v, named(vector));
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
