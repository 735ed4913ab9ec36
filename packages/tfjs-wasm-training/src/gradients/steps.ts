import {
  All,
  Any,
  Equal,
  type GradConfig,
  Greater,
  getBackend,
  Less,
  LessEqual,
  LogicalAnd,
  LogicalNot,
  LogicalOr,
  NotEqual,
  type Tensor,
  zeros,
} from '@tensorflow/tfjs-core';

/**
 * Gradients of comparisons: 0, as their results do not change but in steps. tfjs has none, so layers that multiply with a mask
 * (Masking, ThresholdedReLU) train on none of its backends, once anything that is trained lies before them. Other backends keep
 * tfjs' refusal.
 */
export const stepGradients: readonly GradConfig[] = [
  ...[Equal, NotEqual, Greater, Less, LessEqual, LogicalAnd, LogicalOr].map((name) => noGradient(name, ['a', 'b'])),
  ...[All, Any, LogicalNot].map((name) => noGradient(name, ['x'])),
];

function noGradient(kernelName: string, inputs: readonly string[]): GradConfig {
  return {
    kernelName,
    inputsToSave: [...inputs],
    gradFunc: (_, saved) => {
      if (getBackend() !== 'wasm') {
        throw new Error(`Cannot compute gradient: gradient function not found for ${kernelName}.`);
      }
      return Object.fromEntries(inputs.map((name, i) => [name, () => zeros((saved as Tensor[])[i]!.shape)]));
    },
  };
}
