import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type BackboneOptions, resolveBackboneOptions } from './backbone-options.js';
import { applyLayer } from './internal/apply-layer.js';
import { batchNorm, normDefaults } from './internal/batch-norm.js';
import { convolution } from './internal/convolution.js';
import { type KernelInitializer, kaimingNormalFanOut } from './internal/kernel-initializer.js';
import { droppedFeatures } from './internal/pooled-features.js';
import { type SmallCnnStage, smallCnnGrid, smallCnnStages } from './small-cnn-stages.js';

/** The grid of features needs that many pixels. */
export const smallCnnMinImageSize = smallCnnGrid;

/**
 * A small CNN of this project as a feature extractor, to be trained from random weights: images `[batch, height, width,
 * channels]`, normalised floats, to `[batch, 3072]`, a grid of 4 × 4 cells with 192 features each, cell by cell. 393,136
 * parameters with three channels.
 *
 * Unlike the pooled features of the other backbones these tell where in the image something is and so how large it is: with a
 * camera at a fixed distance, that is what shows an object's size. Pooling stops where a map would become smaller than the
 * grid; larger maps are averaged to it. Made for images of about 64 pixels. Standard layers only: a saved model loads without
 * this package. Weights start as EfficientNet's do (Kaiming normal over the fan out, norms 1 and 0).
 *
 * @throws RangeError for an image side that is open (`null`) or below 4 pixels, or another option out of range.
 */
export function smallCnn(options: BackboneOptions = {}): LayersModel {
  const resolved = resolveBackboneOptions('smallCnn', smallCnnMinImageSize, options);
  const { height, width, channels, seed, name, batchNormEpsilon: epsilon = normDefaults.epsilon } = resolved;
  if (height === null || width === null) {
    throw new RangeError(
      `smallCnn: imageSize is open; expected the height and width in pixels, which the grid of features depends on, got [${height}, ${width}]`,
    );
  }
  const initializer = kaimingNormalFanOut(seed);
  const image = input({ shape: [height, width, channels], name: `${name}.input` });
  let x = image;
  smallCnnStages.forEach((stage, index) => {
    x = applyStage(x, `features.${index}`, stage, { initializer, epsilon });
  });
  const features = applyLayer(layers.flatten({ name: 'features.flat' }), averageToGrid(x));
  return model({ inputs: image, outputs: droppedFeatures(features, resolved), name });
}

function applyStage(
  x: SymbolicTensor,
  name: string,
  { filters, pool }: SmallCnnStage,
  { initializer, epsilon }: { initializer: KernelInitializer; epsilon: number },
): SymbolicTensor {
  let y = convolution(x, filters, { name: `${name}.conv`, kernel: 3, initializer });
  const poolSize = sidesOf(y).map((side) => (pool && side >= 2 * smallCnnGrid ? 2 : 1)) as [number, number];
  if (Math.max(...poolSize) > 1) {
    y = applyLayer(layers.maxPooling2d({ name: `${name}.pool`, poolSize, strides: poolSize }), y);
  }
  y = batchNorm(y, `${name}.norm`, { ...normDefaults, epsilon });
  return applyLayer(layers.activation({ name, activation: 'relu' }), y);
}

/** The mean of each cell; where the grid does not divide a map's side, cells overlap. */
function averageToGrid(x: SymbolicTensor): SymbolicTensor {
  const strides = sidesOf(x).map((side) => Math.floor(side / smallCnnGrid)) as [number, number];
  const poolSize = sidesOf(x).map((side, i) => side - (smallCnnGrid - 1) * (strides[i] as number)) as [number, number];
  if (Math.max(...poolSize) === 1) return x;
  return applyLayer(layers.averagePooling2d({ name: 'features.grid', poolSize, strides }), x);
}

function sidesOf(x: SymbolicTensor): [number, number] {
  return x.shape.slice(1, 3) as [number, number];
}
