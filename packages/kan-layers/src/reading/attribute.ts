import type { LayerEdges } from './layer-edges.js';
import { nodeValues, type ReadableModel, readNetwork } from './read-network.js';
import { readSamples, type Samples, type Table } from './samples.js';
import { columnOf, moments } from './statistics.js';

/** What {@link attribute} gives. */
export interface Attribution {
  /** nodes[l][i]: score of node i that layer l reads; the last entry is for the outputs (1 each). */
  readonly nodes: readonly Float64Array[];
  /** edges[l][i·units + o]: score of the edge from node i to unit o of layer l. */
  readonly edges: readonly Float64Array[];
  /** deviations[l][i·units + o]: standard deviation of what that edge adds to its unit, over the samples. */
  readonly deviations: readonly Float64Array[];
  /** means[l][i·units + o]: mean of the same. */
  readonly means: readonly Float64Array[];
}

/**
 * How much every edge and node of a KAN counts for the outputs: the attribution of Liu et al., "KAN 2.0" (2024), section 4.1. With
 * E[l,i,o] the standard deviation of edge (i, o) of layer l over the samples and N[l+1,o] that of the unit's sum,
 *
 *   A[outputs] = 1,   B[l,i,o] = A[l+1,o] · E[l,i,o] / N[l+1,o],   A[l,i] = Σ_o B[l,i,o]
 *
 * where A scores nodes and B edges. Where edges cancel, scores exceed 1. A unit that does not vary passes nothing back (0, not NaN).
 *
 * @param samples inputs of the model [samples, inputs], at least one; about 1,000 from where it is used
 * @throws if the model is not a stack of KAN layers with edge functions, or the samples are wrong
 */
export function attribute(model: ReadableModel, samples: Samples): Attribution {
  const { edges } = readNetwork('attribute', model);
  return attributeEdges(edges, nodeValues(edges, readSamples('attribute', samples, edges[0]!.inputs)));
}

/** The same, for edges at hand and {@link nodeValues} of them. */
export function attributeEdges(layers: readonly LayerEdges[], values: readonly Table[]): Attribution {
  const nodes: Float64Array[] = [new Float64Array(layers[layers.length - 1]!.units).fill(1)];
  const edges: Float64Array[] = [];
  const deviations: Float64Array[] = [];
  const means: Float64Array[] = [];
  for (let l = layers.length - 1; l >= 0; l--) {
    const layer = layers[l]!;
    const { inputs, units } = layer;
    const above = nodes[0]!;
    const scores = new Float64Array(inputs * units);
    const below = new Float64Array(inputs);
    const spread = new Float64Array(inputs * units);
    const average = new Float64Array(inputs * units);
    const total = Float64Array.from(
      { length: units },
      (_, o) => moments(columnOf(values[l + 1]!.data, units, o)).deviation,
    );
    for (let i = 0; i < inputs; i++) {
      const x = columnOf(values[l]!.data, inputs, i);
      for (let o = 0; o < units; o++) {
        const { mean, deviation } = moments(x.map((at) => layer.evaluate(i, o, at)));
        const e = i * units + o;
        // Less than rounding makes of a constant.
        spread[e] = deviation > 1e-13 * Math.abs(mean) ? deviation : 0;
        average[e] = mean;
        scores[e] = total[o]! > 0 ? (above[o]! * spread[e]!) / total[o]! : 0;
        below[i]! += scores[e]!;
      }
    }
    nodes.unshift(below);
    edges.unshift(scores);
    deviations.unshift(spread);
    means.unshift(average);
  }
  return { nodes, edges, deviations, means };
}
