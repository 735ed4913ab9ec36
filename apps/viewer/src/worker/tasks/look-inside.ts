import { plotKAN } from '@kanrecon/kan-layers';
import { denormalizeTargets } from '@kanrecon/model';
import { dispose, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import type { Picture } from '../../image/picture.js';
import type { HeadInside } from '../findings.js';
import { countEdges } from '../inside/count-edges.js';
import { edgeLayers } from '../inside/edge-layers.js';
import { layerKind } from '../inside/layer-kind.js';
import { featuresOf, openHead } from '../inside/opened-head.js';
import { outputNames } from '../inside/output-names.js';
import { whyUnreadable } from '../inside/readable-head.js';
import { loadNetwork } from '../load-networks.js';
import type { LoadedNetwork } from '../loaded-network.js';
import type { Requests } from '../protocol.js';
import { takeTurn } from '../take-turn.js';
import type { TaskContext } from '../task-context.js';

/** Draws a network's head as a KAN, without the edges that count for little, and says what that does to an image's answer. */
export async function lookInside(
  { model: name, threshold, drawn, picture }: Requests['inside']['input'],
  { signal, tell }: TaskContext<Requests['inside']['event']>,
): Promise<HeadInside> {
  const network = await loadNetwork(name);
  const sentence = whyUnreadable(network);
  if (sentence !== undefined) return { kind: 'none', sentence };
  const head = await openHead(network, threshold, signal, (done, total) => tell({ done, total }));
  await takeTurn(signal);
  const svg = plotKAN(head.model, head.features, { outputNames: outputNames(network), maxEdges: drawn });
  await takeTurn(signal);
  return {
    kind: 'kan',
    svg,
    layers: edgeLayers(head.model).map(layerKind),
    edges: countEdges(head),
    images: head.features.length,
    ...(head.pruned && { fidelity: head.pruned.error.r2 }),
    ...(picture && {
      answers: {
        whole: await answerOf(network, head.whole, picture),
        left: await answerOf(network, head.model, picture),
      },
    }),
  };
}

/** Parameters of an image by a head. */
async function answerOf({ reconstructor }: LoadedNetwork, head: Sequential, picture: Picture) {
  const features = await featuresOf(reconstructor, reconstructor.fit(picture));
  const input = tensor2d(features, [1, features.length]);
  const output = head.predict(input) as Tensor2D;
  try {
    const { mean } = reconstructor.head.decode(await output.data<'float32'>(), reconstructor.targets.length);
    return denormalizeTargets(reconstructor.targets, mean);
  } finally {
    dispose([input, output]);
  }
}
