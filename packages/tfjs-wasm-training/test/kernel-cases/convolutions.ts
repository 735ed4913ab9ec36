import { depthwiseConvolutions } from './depthwise-convolutions.js';
import { fusedConvolutions } from './fused-convolutions.js';
import type { KernelCase } from './kernel-case.js';
import { plainConvolutions } from './plain-convolutions.js';
import { transposedConvolutions } from './transposed-convolutions.js';

/** Conv2D, DepthwiseConv2dNative, FusedConv2D, their gradients, and the transposed convolution. */
export function convolutionCases(): KernelCase[] {
  return [...plainConvolutions(), ...depthwiseConvolutions(), ...fusedConvolutions(), ...transposedConvolutions()];
}
