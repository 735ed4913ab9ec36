/** Those functions of the WebAssembly module that are for Kolmogorov-Arnold layers: see kernel-exports.ts. */
export interface KanKernelExports {
  gaussianBasis(
    x: number,
    places: number,
    scale: number,
    basis: number,
    rows: number,
    functions: number,
    inputs: number,
  ): void;
  switchBasis(
    x: number,
    places: number,
    scale: number,
    basis: number,
    rows: number,
    functions: number,
    inputs: number,
  ): void;
  gaussianBasisGradient(
    x: number,
    places: number,
    scale: number,
    dBasis: number,
    basis: number,
    dx: number,
    rows: number,
    functions: number,
    inputs: number,
  ): void;
  switchBasisGradient(
    x: number,
    places: number,
    scale: number,
    dBasis: number,
    basis: number,
    dx: number,
    rows: number,
    functions: number,
    inputs: number,
  ): void;
  mexicanHatWavelets(
    x: number,
    translation: number,
    inverse: number,
    weight: number,
    y: number,
    rows: number,
    inputs: number,
    units: number,
  ): void;
  morletWavelets(
    x: number,
    translation: number,
    inverse: number,
    weight: number,
    y: number,
    rows: number,
    inputs: number,
    units: number,
  ): void;
  derivativeOfGaussianWavelets(
    x: number,
    translation: number,
    inverse: number,
    weight: number,
    y: number,
    rows: number,
    inputs: number,
    units: number,
  ): void;
  mexicanHatWaveletsGradient(
    x: number,
    translation: number,
    inverse: number,
    weight: number,
    dy: number,
    dx: number,
    dScale: number,
    dTranslation: number,
    dWeight: number,
    rows: number,
    inputs: number,
    units: number,
  ): void;
  morletWaveletsGradient(
    x: number,
    translation: number,
    inverse: number,
    weight: number,
    dy: number,
    dx: number,
    dScale: number,
    dTranslation: number,
    dWeight: number,
    rows: number,
    inputs: number,
    units: number,
  ): void;
  derivativeOfGaussianWaveletsGradient(
    x: number,
    translation: number,
    inverse: number,
    weight: number,
    dy: number,
    dx: number,
    dScale: number,
    dTranslation: number,
    dWeight: number,
    rows: number,
    inputs: number,
    units: number,
  ): void;
  layerNorm(x: number, gamma: number, shift: number, y: number, rows: number, inputs: number, epsilon: number): void;
  layerNormGradient(
    x: number,
    gamma: number,
    dy: number,
    dx: number,
    dGamma: number,
    dShift: number,
    rows: number,
    inputs: number,
    epsilon: number,
  ): void;
  rational(
    x: number,
    a: number,
    aBytes: number,
    b: number,
    y: number,
    rows: number,
    groups: number,
    width: number,
    limit: number,
  ): void;
  rationalGradient(
    x: number,
    a: number,
    aBytes: number,
    b: number,
    gradient: number,
    y: number,
    dx: number,
    sums: number,
    rows: number,
    groups: number,
    width: number,
    limit: number,
  ): void;
  harmonics(x: number, basis: number, rows: number, pairs: number, inputs: number): void;
  harmonicsGradient(
    x: number,
    dBasis: number,
    basis: number,
    dx: number,
    rows: number,
    pairs: number,
    inputs: number,
  ): void;
  waves(p: number, mask: number, z: number, rows: number, count: number): void;
  wavesGradient(p: number, mask: number, dz: number, dp: number, rows: number, count: number, factor: number): void;
  scaledGelu(x: number, y: number, factor: number, size: number): void;
  scaledGeluGradient(x: number, dy: number, dx: number, factor: number, rows: number, inputs: number): number;
  scaledSwish(x: number, y: number, factor: number, size: number): void;
  scaledSwishGradient(x: number, dy: number, dx: number, factor: number, rows: number, inputs: number): number;
  scaledLinear(x: number, y: number, factor: number, size: number): void;
  scaledLinearGradient(x: number, dy: number, dx: number, factor: number, rows: number, inputs: number): number;
}
