import type { InferenceActivation } from '../kernels/conv-norm-activation.js';
import type { GraphTensor, ModelLayer } from '../layers-model.js';
import type { UseCount } from './fused-step.js';

/** An activation of a model, in one layer or in several. */
export interface ActivationPattern {
  activation: InferenceActivation;
  /** What it is applied to. */
  input: GraphTensor;
  /** Tensors between input and output. */
  inner: readonly GraphTensor[];
  /** In how many of its layers the input is read. */
  reads: number;
}

/** The activations that tfjs-layers and the kernels know under the same name. */
const NAMED: readonly unknown[] = ['relu', 'relu6', 'swish', 'sigmoid'] satisfies InferenceActivation[];

/** An activation's name, if the kernels know it; tfjs' own `hardSigmoid` is another than torch's. */
export function namedActivation(name: unknown): InferenceActivation | undefined {
  return NAMED.includes(name) ? (name as InferenceActivation) : undefined;
}

/**
 * The activation that makes a tensor: a layer of that name, or torch's Hardsigmoid and Hardswish as @kanrecon/backbones composes them,
 * relu6(x + 3) / 6 and x · relu6(x + 3) / 6.
 */
export function activationPattern(output: GraphTensor, uses: UseCount): ActivationPattern | undefined {
  const activation = layerActivation(output.sourceLayer);
  if (activation) return { activation, input: output.inputs[0]!, inner: [], reads: 1 };
  const gate = hardSigmoid(output, uses);
  if (gate) return gate;
  if (output.sourceLayer.getClassName() !== 'Multiply' || output.inputs.length !== 2) return undefined;
  const [x, scale] = output.inputs as [GraphTensor, GraphTensor];
  const factor = uses(scale) === 1 ? hardSigmoid(scale, uses) : undefined;
  if (factor?.input !== x) return undefined;
  return { activation: 'hardSwish', input: x, inner: [scale, ...factor.inner], reads: 2 };
}

function layerActivation(layer: ModelLayer): InferenceActivation | undefined {
  const { activation, maxValue } = layer.getConfig();
  if (layer.getClassName() === 'Activation') return namedActivation(activation);
  return layer.getClassName() === 'ReLU' && (maxValue ?? null) === null ? 'relu' : undefined;
}

function hardSigmoid(output: GraphTensor, uses: UseCount): ActivationPattern | undefined {
  if (!isRescaling(output.sourceLayer, 1 / 6, 0)) return undefined;
  const [cut] = output.inputs as [GraphTensor];
  if (uses(cut) !== 1 || layerActivation(cut.sourceLayer) !== 'relu6') return undefined;
  const [shifted] = cut.inputs as [GraphTensor];
  if (uses(shifted) !== 1 || !isRescaling(shifted.sourceLayer, 1, 3)) return undefined;
  return { activation: 'hardSigmoid', input: shifted.inputs[0]!, inner: [cut, shifted], reads: 1 };
}

function isRescaling(layer: ModelLayer, wantedScale: number, wantedOffset: number): boolean {
  if (layer.getClassName() !== 'Rescaling') return false;
  const { scale, offset } = layer.getConfig();
  return scale === wantedScale && offset === wantedOffset;
}
