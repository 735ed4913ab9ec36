/** A tensor of another shape than the network's. */
export interface ShapeMismatch {
  readonly name: string;
  readonly expected: readonly number[];
  readonly got: readonly number[];
}

/** What of a set of tensors does not fit a network. */
export interface WeightMismatch {
  /** Names of weights that the network has and the tensors do not. */
  readonly missing: readonly string[];
  /** Names of tensors that have no place in the network. */
  readonly unexpected: readonly string[];
  readonly misshapen: readonly ShapeMismatch[];
  /** Tensors whose numbers cannot be weights, with the reason. */
  readonly unusable: readonly { readonly name: string; readonly reason: string }[];
}

/** Names of each side that are told where nothing fits. */
const FEW = 4;

/** Tensors that do not fit a network, each by its name. Nothing of the network was changed. */
export class WeightMismatchError extends RangeError implements WeightMismatch {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly misshapen: readonly ShapeMismatch[];
  readonly unusable: WeightMismatch['unusable'];

  /** @param expected weights of the network */
  constructor(caller: string, mismatch: WeightMismatch, expected: number) {
    super(`${caller}: the weights do not fit: ${explain(mismatch, expected)}`);
    this.name = 'WeightMismatchError';
    ({
      missing: this.missing,
      unexpected: this.unexpected,
      misshapen: this.misshapen,
      unusable: this.unusable,
    } = mismatch);
  }
}

function explain({ missing, unexpected, misshapen, unusable }: WeightMismatch, expected: number): string {
  if (expected === 0) return 'the model contains no backbone of this package';
  if (missing.length === expected) {
    return `none of the model's ${expected} weights is among them, so they are of another network; expected ${some(missing)}, got ${some(unexpected)}`;
  }
  return [
    ...missing.map((name) => `${name} is missing`),
    ...misshapen.map(({ name, expected: shape, got }) => `${name}: expected shape [${shape}], got [${got}]`),
    ...unusable.map(({ name, reason }) => `${name}: ${reason}`),
    ...unexpected.map((name) => `${name} has no place in the model`),
  ].join('; ');
}

function some(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  return names.slice(0, FEW).join(', ') + (names.length > FEW ? `, … (${names.length})` : '');
}
