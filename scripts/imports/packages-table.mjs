/**
 * Who may import whom, by folder: a row names what lies directly under a package, and what lies under that may be imported too.
 * The rows stand in order: each names only packages above it, so that there are no circles between packages. `npm run check:imports`
 * holds the sources and the `dependencies` of every package.json against it.
 *
 * @type {Record<string, string[]>}
 */
export const packagesTable = {
  files: [],
  image: [],
  metrics: [],
  geometry: [],
  'kan-layers': [],
  backbones: ['files'],
  'tfjs-wasm-training': [],
  render: ['geometry'],
  scene: ['geometry', 'render'],
  identifiability: ['scene'],
  dataset: ['scene', 'files', 'image'],
  'dataset-import': ['dataset', 'files'],
  blender: ['scene', 'dataset', 'files'],
  model: ['kan-layers', 'backbones', 'image', 'files'],
  training: ['model', 'dataset', 'identifiability', 'metrics', 'tfjs-wasm-training', 'files'],
  reconstruction: ['model', 'scene', 'identifiability', 'image'],
  onnx: ['model', 'kan-layers', 'image'],
  pretrained: ['reconstruction'],
  viewer: ['training', 'pretrained'],
  trainer: ['training', 'pretrained', 'onnx', 'dataset-import', 'blender', 'viewer'],
};

/**
 * Packages that a manifest names though its sources do not import them, each with the reason. What is imported after all must not
 * stand here.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const namedNotImported = {
  'tfjs-wasm-training': {
    '@tensorflow/tfjs-backend-wasm': 'the user registers the backend; the kernels work in its memory',
  },
  training: {
    '@tensorflow/tfjs-backend-webgpu':
      'backends/webgpu-backend.ts loads it by a name in a variable, where it is installed',
    '@tensorflow/tfjs-node': 'backends/native-backend.ts, likewise',
    '@tensorflow/tfjs-node-gpu': 'backends/native-backend.ts, likewise',
  },
};
