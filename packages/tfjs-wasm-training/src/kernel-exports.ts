import type { KanKernelExports } from './kan-kernel-exports.js';

/** The functions of the WebAssembly module (assembly/index.ts). All arguments are numbers: byte addresses, sizes, flags. */
export interface KernelExports extends KanKernelExports {
  packColumns(filter: number, packed: number, taps: number, reduced: number, out: number): void;
  packScaledColumns(filter: number, scale: number, packed: number, taps: number, reduced: number, out: number): void;
  activateRows(at: number, rowBytes: number, rows: number, channels: number, flags: number): void;
  packRows(filter: number, packed: number, taps: number, out: number, reduced: number): void;
  patchBytes(geometry: number): number;
  filterGradientPanelBytes(inChannels: number, outChannels: number): number;
  conv2d(
    geometry: number,
    input: number,
    packed: number,
    bias: number,
    output: number,
    pointers: number,
    zeroRow: number,
    patches: number,
    flags: number,
  ): void;
  conv2dInputGradient(
    geometry: number,
    outputGradient: number,
    packed: number,
    inputGradient: number,
    pointers: number,
    zeroRow: number,
    flags: number,
  ): void;
  conv2dFilterGradient(
    geometry: number,
    input: number,
    outputGradient: number,
    filterGradient: number,
    pointers: number,
    zeroRow: number,
    panel: number,
    patches: number,
  ): void;
  matMul(
    left: number,
    packed: number,
    bias: number,
    product: number,
    m: number,
    k: number,
    n: number,
    pointers: number,
    zeroRow: number,
    flags: number,
  ): void;
  matMulTransposedLeft(
    left: number,
    right: number,
    product: number,
    m: number,
    k: number,
    n: number,
    pointers: number,
    zeroRow: number,
    panel: number,
  ): void;
  winogradPositionBytes(rows: number, columns: number): number;
  winogradPackColumns(
    filter: number,
    packed: number,
    positionBytes: number,
    reduced: number,
    out: number,
    temporary: number,
  ): void;
  winogradPackRows(
    filter: number,
    packed: number,
    positionBytes: number,
    out: number,
    reduced: number,
    temporary: number,
  ): void;
  holdsZero(values: number, count: number): number;
  winogradConv2d(
    geometry: number,
    input: number,
    packed: number,
    bias: number,
    output: number,
    tileBlock: number,
    pointers: number,
    zeroRow: number,
    windows: number,
    products: number,
    temporary: number,
    dark: number,
    flags: number,
  ): void;
  winogradFilterGradient(
    geometry: number,
    input: number,
    outputGradient: number,
    filterGradient: number,
    tileBlock: number,
    pointers: number,
    zeroRow: number,
    windows: number,
    gradients: number,
    sums: number,
    temporary: number,
  ): void;
  depthwiseConv2d(geometry: number, input: number, filter: number, bias: number, output: number, flags: number): void;
  depthwiseInputGradient(geometry: number, outputGradient: number, filter: number, inputGradient: number): void;
  depthwiseFilterGradientScratch(geometry: number): number;
  depthwiseFilterGradient(
    geometry: number,
    input: number,
    outputGradient: number,
    filterGradient: number,
    scratch: number,
  ): void;
  depthwiseMultiplierConv2d(geometry: number, input: number, filter: number, output: number): void;
  depthwiseMultiplierInputGradient(
    geometry: number,
    outputGradient: number,
    filter: number,
    inputGradient: number,
  ): void;
  depthwiseMultiplierFilterGradient(
    geometry: number,
    input: number,
    outputGradient: number,
    filterGradient: number,
  ): void;
  maxPoolGradient(geometry: number, input: number, output: number, outputGradient: number, inputGradient: number): void;
  avgPoolGradient(geometry: number, outputGradient: number, inputGradient: number): void;
  conv3dFilterGradient(volume: number, input: number, outputGradient: number, filterGradient: number): void;
  conv3dInputGradient(volume: number, outputGradient: number, filter: number, inputGradient: number): void;
  maxPool3d(volume: number, input: number, output: number, window: number): void;
  maxPool3dGradient(volume: number, input: number, outputGradient: number, inputGradient: number, window: number): void;
  avgPool3d(volume: number, input: number, output: number, window: number): void;
  avgPool3dGradient(volume: number, outputGradient: number, inputGradient: number, window: number): void;
  rowSums(x: number, sums: number, rows: number, columns: number, factor: number): void;
  columnSums(x: number, sums: number, batch: number, rows: number, columns: number, factor: number): void;
  scaleShift(x: number, y: number, scale: number, shift: number, rows: number, channels: number): void;
  batchNormGradientSums(
    x: number,
    gradient: number,
    mean: number,
    sums: number,
    products: number,
    rows: number,
    channels: number,
  ): void;
  batchMoments(x: number, mean: number, variance: number, rows: number, channels: number): void;
  normActivation(
    x: number,
    y: number,
    scale: number,
    shift: number,
    rows: number,
    channels: number,
    activation: number,
  ): void;
  normActivationSums(
    x: number,
    gradient: number,
    innerGradient: number,
    mean: number,
    scale: number,
    shift: number,
    sums: number,
    products: number,
    rows: number,
    channels: number,
    activation: number,
  ): void;
  normCombine(
    x: number,
    innerGradient: number,
    result: number,
    a: number,
    b: number,
    c: number,
    rows: number,
    channels: number,
  ): void;
  scaleRows(x: number, factor: number, term: number, y: number, batch: number, rows: number, channels: number): void;
  productSums(x: number, gradient: number, sums: number, batch: number, rows: number, channels: number): void;
  reluGradient(x: number, gradient: number, result: number, size: number, limit: number): void;
  reluGradientSums(y: number, gradient: number, result: number, sums: number, rows: number, columns: number): void;
  sigmoidGradient(y: number, gradient: number, result: number, size: number): void;
  squareGradient(x: number, gradient: number, result: number, size: number): void;
  spreadRows(gradient: number, result: number, batch: number, rows: number, columns: number, factor: number): void;
  segmentSums(
    values: number,
    segments: number,
    sums: number,
    rows: number,
    columns: number,
    count: number,
    starts: number,
    order: number,
  ): void;
  segmentSumsOfIntegers(
    values: number,
    segments: number,
    sums: number,
    rows: number,
    columns: number,
    count: number,
  ): void;
  copyRows(from: number, fromStep: number, to: number, toStep: number, bytes: number, count: number): void;
  adamW(
    parameter: number,
    gradient: number,
    first: number,
    second: number,
    size: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
    correction1: number,
    correction2: number,
  ): void;
  transpose(x: number, y: number, rows: number, columns: number): void;
}
