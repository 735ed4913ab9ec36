import { existsSync } from 'node:fs';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendSpec } from './backend-spec.js';
import { findOptionalPackage, requireFrom } from './find-optional-package.js';
import { quietImport } from './quiet-import.js';

interface NativeBackend {
  isUsingGpuDevice?: boolean;
  binding?: { TF_Version?: string };
}

/** `@tensorflow/tfjs-node` or `-node-gpu`: TensorFlow's own library, an optional peer of this program. */
export function nativeBackend(name: 'node' | 'node-gpu'): BackendSpec {
  const packageName = `@tensorflow/tfjs-${name}`;
  const howToGet = `npm install ${packageName}@4.22.0 in the folder you work in, or set KANRECON_TFJS_NODE to a folder that has it`;
  return {
    name,
    howToGet,
    about: name === 'node' ? "TensorFlow's native library on the processor" : "TensorFlow's native library with CUDA",
    find() {
      const found = findOptionalPackage(packageName);
      return found
        ? { usable: true, detail: `${packageName} ${found.version}` }
        : { usable: false, reason: whyNotFound(packageName) };
    },
    async activate() {
      const found = findOptionalPackage(packageName);
      if (!found) throw new Error(whyNotFound(packageName));
      restoreUtil();
      process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
      // It brings a TensorFlow.js of its own; engine and kernel registry are one per process, so it joins ours.
      await quietImport(() => requireFrom(found)(found.folder));
      if (!(await tf.setBackend('tensorflow'))) throw new Error(`${packageName} did not register its backend`);
      const { isUsingGpuDevice, binding } = tf.backend() as unknown as NativeBackend;
      if (name === 'node-gpu' && !isUsingGpuDevice) {
        throw new Error(`${packageName} ${found.version} loads but finds no CUDA device`);
      }
      const library = binding?.TF_Version ? `TensorFlow ${binding.TF_Version}` : 'TensorFlow';
      return `${packageName} ${found.version} on ${library}${isUsingGpuDevice ? ' with CUDA' : ''}`;
    },
  };
}

/** A mistyped folder in the environment is likelier than a forgotten installation. */
function whyNotFound(packageName: string): string {
  const named = process.env['KANRECON_TFJS_NODE'];
  const missing = named && !existsSync(named);
  return `${packageName} is not installed${missing ? ` (KANRECON_TFJS_NODE names the folder ${named}, which does not exist)` : ''}`;
}

/** Node 23 dropped two helpers that tfjs-node still calls. */
function restoreUtil(): void {
  const target = util as unknown as Record<string, unknown>;
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  target['isArray'] ??= Array.isArray;
}
