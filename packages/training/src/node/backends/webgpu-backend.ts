import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendSpec } from './backend-spec.js';
import { findOptionalPackage, requireFrom } from './find-optional-package.js';
import { quietImport } from './quiet-import.js';

const driver = 'webgpu';
const backendPackage = '@tensorflow/tfjs-backend-webgpu';

/** Dawn's WebGPU for Node (`webgpu`) under TensorFlow.js' WebGPU backend: any graphics card with Vulkan, Metal or D3D12. */
export const webgpuBackend: BackendSpec = {
  name: 'webgpu',
  about: 'a graphics card through WebGPU (Vulkan, Metal or Direct3D 12)',
  howToGet: `npm install ${driver} ${backendPackage}@4.22.0 in the folder you work in`,
  find() {
    for (const name of [driver, backendPackage]) {
      if (!findOptionalPackage(name)) return { usable: false, reason: `${name} is not installed` };
    }
    return { usable: true, detail: `${driver} ${findOptionalPackage(driver)?.version}` };
  },
  async activate() {
    const gpu = await createGpu();
    const adapter = await gpu.requestAdapter();
    if (!adapter) throw new Error('WebGPU finds no usable graphics adapter on this machine');
    // TensorFlow.js looks for the browser's names.
    const navigator = { gpu, userAgent: 'node', hardwareConcurrency: 1 };
    Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true });
    const found = findOptionalPackage(backendPackage)!;
    await quietImport(() => requireFrom(found)(found.folder));
    if (!(await tf.setBackend('webgpu'))) throw new Error('the WebGPU backend could not be initialised');
    const info = (adapter as { info?: { description?: string; vendor?: string } }).info;
    return `WebGPU on ${info?.description || info?.vendor || 'an unnamed adapter'}`;
  },
};

interface Gpu {
  requestAdapter(): Promise<object | null>;
}

async function createGpu(): Promise<Gpu> {
  const found = findOptionalPackage(driver);
  if (!found) throw new Error(`${driver} is not installed`);
  const { create, globals } = await import(pathToFileURL(requireFrom(found).resolve(found.folder)).href);
  Object.assign(globalThis, globals);
  return create(process.platform === 'linux' ? ['backend=vulkan'] : []);
}
