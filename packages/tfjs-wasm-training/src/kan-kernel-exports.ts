// One type for the functions that a form each has one of: radial basis functions, wavelets, activations.
type RadialBasis = (
  x: number,
  places: number,
  scale: number,
  basis: number,
  rows: number,
  functions: number,
  inputs: number,
) => void;

type RadialBasisGradient = (
  x: number,
  places: number,
  scale: number,
  dBasis: number,
  basis: number,
  dx: number,
  rows: number,
  functions: number,
  inputs: number,
) => void;

type Wavelets = (
  x: number,
  translation: number,
  inverse: number,
  weight: number,
  y: number,
  rows: number,
  inputs: number,
  units: number,
) => void;

type WaveletsGradient = (
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
) => void;

type ScaledActivation = (x: number, y: number, factor: number, size: number) => void;

type ScaledActivationGradient = (
  x: number,
  dy: number,
  dx: number,
  factor: number,
  rows: number,
  inputs: number,
) => number;

/** Those functions of the WebAssembly module that are for Kolmogorov-Arnold layers: see kernel-exports.ts. */
export interface KanKernelExports {
  readonly gaussianBasis: RadialBasis;
  readonly switchBasis: RadialBasis;
  readonly gaussianBasisGradient: RadialBasisGradient;
  readonly switchBasisGradient: RadialBasisGradient;
  readonly mexicanHatWavelets: Wavelets;
  readonly morletWavelets: Wavelets;
  readonly derivativeOfGaussianWavelets: Wavelets;
  readonly mexicanHatWaveletsGradient: WaveletsGradient;
  readonly morletWaveletsGradient: WaveletsGradient;
  readonly derivativeOfGaussianWaveletsGradient: WaveletsGradient;
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
  readonly scaledGelu: ScaledActivation;
  readonly scaledSwish: ScaledActivation;
  readonly scaledLinear: ScaledActivation;
  readonly scaledGeluGradient: ScaledActivationGradient;
  readonly scaledSwishGradient: ScaledActivationGradient;
  readonly scaledLinearGradient: ScaledActivationGradient;
}
