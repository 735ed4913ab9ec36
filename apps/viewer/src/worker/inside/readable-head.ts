import { EdgeLayer } from '@kanrecon/kan-layers';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import type { LoadedNetwork } from '../loaded-network.js';

/** Why a head cannot be looked into, as a sentence; undefined where it can. */
export function whyUnreadable({ name, reconstructor }: LoadedNetwork): string | undefined {
  const { headLayers, config } = reconstructor;
  if (headLayers.every((layer) => isDropout(layer) || layer instanceof EdgeLayer)) return undefined;
  const instead =
    'train one under “Train” with the head Efficient KAN (or Fast, Faster, Chebyshev, Jacobi, Legendre, wavelet, rational, classic Fourier), or with “kanrecon train --head efficient” and open its folder there.';
  return config.head.type === 'mlp'
    ? `The head of “${name}” is an MLP: weighted sums, with no functions on its edges to look at. A KAN head has them: ${instead}`
    : `The head of “${name}” is of the kind ${headLayers
        .at(-1)!
        .getClassName()
        .replace(
          /^KanLayers/,
          '',
        )}, which mixes its inputs before it bends them, so that no edge has a function of its own. Other KAN heads have them: ${instead}`;
}

/** A copy of a network's head by itself, without dropout: from the backbone's features to the outputs. The caller disposes it. */
export function headCopy({ reconstructor }: LoadedNetwork): Sequential {
  const features = reconstructor.backbone.outputs[0]!.shape.at(-1)!;
  const copy = sequential({ layers: [layers.inputLayer({ batchInputShape: [null, features] })] });
  for (const layer of reconstructor.headLayers) {
    if (isDropout(layer)) continue;
    const kind = layer.constructor as unknown as LayerClass;
    const fresh = kind.fromConfig(kind, layer.getConfig());
    copy.add(fresh);
    fresh.setWeights(layer.getWeights());
  }
  return copy;
}

type Layer = ReturnType<typeof layers.dense>;

interface LayerClass {
  fromConfig(kind: LayerClass, config: object): Layer;
}

function isDropout(layer: Layer): boolean {
  return layer.getClassName() === 'Dropout';
}
