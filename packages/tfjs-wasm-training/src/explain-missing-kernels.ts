import { engine, getBackend, getKernel, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';

/** The part of tfjs-core's engine (4.22) that every operation goes through. */
interface KernelRunner {
  runKernel(kernelName: string, inputs: Record<string, Tensor>, attributes?: NamedAttrMap): Tensor | Tensor[];
}

/** The operations behind the kernels that tfjs' cpu backend has and its WASM backend lacks, with these of this package or without. */
const OPERATIONS: Readonly<Record<string, string>> = {
  Complex: 'tf.complex',
  ComplexAbs: 'tf.abs of complex numbers',
  Draw: 'tf.browser.draw',
  Einsum: 'tf.einsum',
  FFT: 'tf.spectral.fft and its kin',
  IFFT: 'tf.spectral.ifft and its kin',
  Imag: 'tf.imag',
  RaggedGather: 'ragged tensors',
  RaggedRange: 'ragged tensors',
  RaggedTensorToTensor: 'ragged tensors',
  Real: 'tf.real',
  StaticRegexReplace: 'tf.string.staticRegexReplace',
};

/**
 * Where tfjs finds no kernel on the WASM backend, its error goes on to say which operation that is and what to do; the first
 * words stay tfjs' own. Nothing is registered, so that programs which look for a kernel (`tf.getKernel`) see what is there.
 * Returns what undoes it.
 */
export function explainMissingKernels(): () => void {
  const target = engine() as unknown as KernelRunner;
  const original = target.runKernel;
  target.runKernel = (kernelName, inputs, attributes) => {
    try {
      return original.call(target, kernelName, inputs, attributes);
    } catch (error) {
      // A kernel that is not there does nothing else than to be missed; one that is there has its own errors, also of kernels it calls.
      if (error instanceof Error && getBackend() === 'wasm' && !getKernel(kernelName, 'wasm')) {
        error.message = `${error.message}: ${explanation(kernelName)}`;
      }
      throw error;
    }
  };
  return () => {
    target.runKernel = original;
  };
}

function explanation(kernelName: string): string {
  const operation = OPERATIONS[kernelName];
  const what = operation ? `${operation} ${operation.endsWith('s') ? 'need' : 'needs'} it, and neither` : 'neither';
  return `${what} tfjs-backend-wasm nor enableWasmTraining() has it. Compute this step on another backend (tf.setBackend('cpu') has most kernels), or ask for it at https://github.com/kanrecon/kanrecon/issues.`;
}
