import type { layers } from '@tensorflow/tfjs-layers';
import { EdgeLayer } from './edge-layer.js';

/** What a layer without edges lacks, by what somebody wants of it. */
const lacks = {
  functions: 'no functions on its edges to read; expected a layer whose output is a sum of functions of one input each',
  coefficients: 'no coefficients of single edges; expected a layer in which every pair of input and unit has its own',
} as const;

/** @throws if the layer is of a kind that mixes its inputs (FourierKAN), so that an edge has nothing of its own */
export function checkEdgeLayer(
  layer: layers.Layer,
  wanted: keyof typeof lacks = 'functions',
): asserts layer is EdgeLayer {
  if (!(layer instanceof EdgeLayer)) throw new Error(`${layer.getClassName()}: has ${lacks[wanted]}`);
}
