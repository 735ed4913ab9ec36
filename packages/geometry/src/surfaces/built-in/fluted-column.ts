import { checkOptions } from '../../check-options.js';
import type { ParametricSurface } from '../parametric-surface.js';
import { columnGrid } from './column-grid.js';
import { columnRadius } from './column-radius.js';
import { columnParameters } from './spiral-cylinder.js';

/** Options of {@link createFlutedColumn}. */
export interface FlutedColumnOptions {
  /** Name of the surface. */
  readonly name?: string;
  /** Lobes around the axis, a positive whole number. */
  readonly lobes?: number;
  /** Depth of the lobes as a fraction of the radius, 0 to less than 1. */
  readonly depth?: number;
}

const defaults: Required<FlutedColumnOptions> = { name: 'fluted-column', lobes: 5, depth: 0.15 };

/**
 * A column with lobes, for the rest like the spiral cylinder and with the same six parameters. As its cross-section is no circle,
 * its twist can be seen:
 *
 *     angle = u + twist_amp · sin(twist_freq · v)
 *     r     = (radius + wave_amp · cos(wave_freq · v)) · (1 + depth · cos(lobes · u))
 *     point = (r · cos(angle), r · sin(angle), v)
 *
 * Open at both ends. Its box is conservative: that of the circles around its cross-sections.
 *
 * @throws if `lobes` or `depth` is out of range
 */
export function createFlutedColumn(options: FlutedColumnOptions = {}): ParametricSurface {
  checkOptions('createFlutedColumn', options, defaults);
  const { name, lobes, depth } = { ...defaults, ...options };
  if (!Number.isInteger(lobes) || lobes < 1) {
    throw new Error(`createFlutedColumn: lobes is wrong; expected a positive whole number, got ${lobes}`);
  }
  if (!(depth >= 0 && depth < 1)) {
    throw new Error(`createFlutedColumn: depth is wrong; expected 0 to less than 1, got ${depth}`);
  }
  return {
    name,
    description: `An open twisted column with ${lobes} lobes: its cross-section is no circle, so the twist can be seen.`,
    parameters: columnParameters,
    closedU: true,
    closedV: false,
    domain: (parameters) => ({ uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: parameters[1] }),
    position(u, v, parameters, out, offset = 0) {
      const angle = u + parameters[2] * Math.sin(parameters[3] * v);
      const r = (parameters[0] + parameters[4] * Math.cos(parameters[5] * v)) * (1 + depth * Math.cos(lobes * u));
      out[offset] = r * Math.cos(angle);
      out[offset + 1] = r * Math.sin(angle);
      out[offset + 2] = v;
    },
    normal(u, v, parameters, out, offset = 0) {
      const angle = u + parameters[2] * Math.sin(parameters[3] * v);
      const turn = parameters[2] * parameters[3] * Math.cos(parameters[3] * v);
      const axial = parameters[0] + parameters[4] * Math.cos(parameters[5] * v);
      const lobe = 1 + depth * Math.cos(lobes * u);
      const r = axial * lobe;
      const alongU = -axial * depth * lobes * Math.sin(lobes * u);
      const alongV = -parameters[4] * parameters[5] * Math.sin(parameters[5] * v) * lobe;
      // In the frame (radial, tangential, z): ∂/∂u = (alongU, r, 0), ∂/∂v = (alongV, r·turn, 1); their cross product:
      const radial = r;
      const tangential = -alongU;
      const z = alongU * r * turn - r * alongV;
      const length = Math.hypot(radial, tangential, z);
      const cos = Math.cos(angle) / length;
      const sin = Math.sin(angle) / length;
      out[offset] = radial * cos - tangential * sin;
      out[offset + 1] = radial * sin + tangential * cos;
      out[offset + 2] = z / length;
    },
    grid(us, vs, parameters, positions, normals) {
      columnGrid(us, vs, parameters, { lobes, depth }, positions, normals);
    },
    bounds(parameters) {
      const r = columnRadius(parameters) * (1 + depth);
      const height = parameters[1];
      return { min: [-r, -r, Math.min(0, height)], max: [r, r, Math.max(0, height)], kind: 'conservative' };
    },
  };
}

/** {@link createFlutedColumn} with five lobes of depth 0.15, the registry's `fluted-column`. */
export const flutedColumn: ParametricSurface = /* @__PURE__ */ createFlutedColumn();
