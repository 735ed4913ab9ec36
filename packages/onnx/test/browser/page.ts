import '@tensorflow/tfjs-backend-wasm';
import { registerKanLayers } from '@kanrecon/kan-layers';
import { createReconstructor, type PartialReconstructorConfig, type Target } from '@kanrecon/model';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { env } from 'onnxruntime-web';
import { toOnnx } from '../../src/index.js';
import { formulaPixels, onnxImages } from '../formula-pixels.js';
import { runOnnx } from '../run-onnx.js';

/** What onnxruntime says in a page of a file that is served, or of one that is written in the page. */
async function runFile(name: string, size: number): Promise<number[]> {
  const image = onnxImages(formulaPixels(2, size), size);
  const { normalized } = await runOnnx(await bytesOf(name), { image });
  return [...normalized!.data];
}

async function runOwn(
  config: PartialReconstructorConfig,
  targets: Target[],
): Promise<{ tfjs: number[]; onnx: number[] }> {
  setWasmPaths('/');
  await setBackend('wasm');
  const reconstructor = createReconstructor({ ...config, targets });
  const { imageSize } = reconstructor.config;
  const bytes = formulaPixels(2, imageSize);
  const { normalized } = await runOnnx(await toOnnx(reconstructor), { image: onnxImages(bytes, imageSize) });
  return { tfjs: [...(await reconstructor.predictBatch(bytes))], onnx: [...normalized!.data] };
}

/** What a layers model says with TensorFlow.js alone. */
async function runLayersModel(address: string, images: number[], shape: number[]): Promise<number[]> {
  setWasmPaths('/');
  await setBackend('wasm');
  registerKanLayers();
  const model = await loadLayersModel(address);
  return [...(await (model.predict(tensor(images, shape)) as Tensor).data())];
}

async function bytesOf(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(name)).arrayBuffer());
}

/** The page's server has no .wasm files but those of TensorFlow.js. */
async function prepare(): Promise<void> {
  env.wasm.wasmBinary = (await bytesOf('/ort.bin')).buffer as ArrayBuffer;
}

Object.assign(self, { prepare, runFile, runOwn, runLayersModel });
