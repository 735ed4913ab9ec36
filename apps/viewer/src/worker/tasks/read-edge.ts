import { attribute, edgeFunction, formulaToText, suggestSymbolic } from '@kanrecon/kan-layers';
import { dispose, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { EdgeInside } from '../findings.js';
import { edgeLayers } from '../inside/edge-layers.js';
import { layerKind } from '../inside/layer-kind.js';
import { type OpenedHead, openHead } from '../inside/opened-head.js';
import { outputNames } from '../inside/output-names.js';
import { loadNetwork } from '../load-networks.js';
import type { Requests } from '../protocol.js';
import type { TaskContext } from '../task-context.js';

const points = 201;
/** Significant digits of a formula's numbers. */
const digits = 4;

/** One edge's function, where the images lead to it, and the formula that it is nearest to. */
export async function readEdge(
  { model: name, threshold, layer: l, input, unit }: Requests['edge']['input'],
  { signal }: TaskContext<never>,
): Promise<EdgeInside> {
  const head = await openHead(await loadNetwork(name), threshold, signal);
  const layers = edgeLayers(head.model);
  const layer = layers[l]!;
  const rows = layerInputs(head, l);
  const inputs = rows.map((row) => row[input]!);
  const [low, high] = [Math.min(...inputs), Math.max(...inputs)];
  const varies = low < high;
  const { x, y } = edgeFunction(layer, input, unit, { points, ...(varies && { range: [low, high] as const }) });
  const [fit] = varies ? suggestSymbolic(layer, input, unit, rows) : [];
  const units = layer.units;
  const score = attribute(head.model, head.features).edges[l]![input * units + unit]!;
  const last = l === layers.length - 1;
  return {
    x: Float32Array.from(x),
    y: Float32Array.from(y),
    inputs: Float32Array.from(inputs),
    score,
    from: l === 0 ? `feature ${input + 1}` : `node ${input + 1} of layer ${l}`,
    to: last ? outputNames(head.network)[unit]! : `node ${unit + 1} of layer ${l + 1}`,
    layer: layerKind(layer),
    ...(fit && { formula: formulaToText(fit.expression, { digits }), r2: fit.r2 }),
  };
}

/** What goes into a layer, one row an image. */
function layerInputs({ model, features }: OpenedHead, l: number): Float32Array[] {
  const values = tidy(() => {
    let table = tensor2d(features as Float32Array[] as unknown as number[][]) as Tensor2D;
    for (const layer of edgeLayers(model).slice(0, l)) table = layer.apply(table) as Tensor2D;
    return table;
  });
  const width = values.shape[1];
  const data = values.dataSync<'float32'>();
  dispose(values);
  return features.map((_, r) => data.slice(r * width, (r + 1) * width));
}
