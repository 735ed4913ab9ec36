/** A tensor of a torch state dict: row-major, in torch's layout (`[out, in, height, width]` for a kernel). */
export interface TorchTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}
