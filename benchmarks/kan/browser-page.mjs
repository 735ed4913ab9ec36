// Runs in the page that measure-browser.mjs opens.
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';

globalThis.measure = async (backend, what) => {
  // Small tensors would otherwise be computed on the processor, and the two would not be comparable.
  tf.env().set('CPU_HANDOFF_SIZE_THRESHOLD', 0);
  for (const flag of ['WEBGL_CPU_FORWARD', 'WEBGPU_CPU_FORWARD']) tf.env().set(flag, false);
  const started = tf.engine().registryFactory[backend] && (await tf.setBackend(backend).catch(() => false));
  if (!started || tf.getBackend() !== backend) throw new Error(`this browser does not offer ${backend}`);
  const { measureStack } = await import('./measure-stack.mjs'); // makes tensors as it is loaded
  const read = async (tensor) => {
    await tensor.data();
    tensor.dispose();
  };
  return { ...(await measureStack({ ...what, read })), gpu: backend === 'webgl' ? webglRenderer() : await adapter() };
};

function webglRenderer() {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : 'unknown';
}

async function adapter() {
  const { vendor, architecture, description } = (await navigator.gpu.requestAdapter()).info;
  return [vendor, architecture, description].filter(Boolean).join(' ');
}
