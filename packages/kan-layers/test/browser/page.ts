import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { checks } from './checks.js';

setWasmPaths('/');
Object.assign(self, { checks });
