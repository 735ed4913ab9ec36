import { env, InferenceSession, Tensor } from 'onnxruntime-web';

// Threads are of no use for networks as small as these.
env.wasm.numThreads = 1;

/** An array with its shape. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What onnxruntime makes of inputs. @returns its outputs by name */
export async function runOnnx(
  file: Uint8Array,
  inputs: Readonly<Record<string, Numbers>>,
): Promise<Record<string, Numbers>> {
  const session = await InferenceSession.create(file, { executionProviders: ['wasm'] });
  try {
    const feeds = Object.entries(inputs).map(([name, { shape, data }]) => [name, new Tensor('float32', data, shape)]);
    const outputs = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { dims, data }]) => [name, { shape: dims, data: data as Float32Array }]),
    );
  } finally {
    await session.release();
  }
}
