// What a program pays for the main entries of each package: minified and gzipped, with what lies under them, without TensorFlow.js and
// other peers. A limit is what was measured and a tenth more. `npm run check:size` measures the built packages. The sizes of single
// KAN layers stand in packages/kan-layers/README.md, which a test there compares.
const peers = ['@tensorflow/*', '@gltf-transform/core', 'three', 'mathjs'];

export default [
  entry('kan-layers', '{ fourierKAN }', '5.8 kB'),
  entry('kan-layers', '*', '43 kB'),
  entry('backbones', '{ squeezeNet11 }', '2.3 kB'),
  entry('tfjs-wasm-training', '{ enableWasmTraining }', '93 kB'),
  entry('metrics', '{ r2Score }', '2.1 kB'),
  entry('metrics', '{ coverageByWidth, rocAuc }', '1.2 kB'),
  entry('image', '{ fitImage }', '3.2 kB'),
  entry('geometry', '{ hausdorff }', '5.4 kB'),
  entry('render', '{ renderSurface }', '16 kB'),
  entry('scene', '{ sceneByName, drawShape }', '5.3 kB'),
  entry('identifiability', '{ imageLimits }', '37 kB'),
  entry('identifiability', '{ cameraVisibility }', '26 kB'),
  entry('dataset', '{ parseLabel }', '3.5 kB'),
  entry('model', '{ fromArtifacts }', '42 kB'),
  entry('training', '{ trainExperiment }', '104 kB'),
  entry('reconstruction', '{ reconstruct }', '27 kB'),
  entry('reconstruction', '{ refine }', '50 kB'),
];

function entry(name, names, limit) {
  return {
    name: `${names === '*' ? 'all' : names.replace(/[{} ]/g, '').replace(',', ', ')} of ${name}`,
    path: `packages/${name}/dist/index.js`,
    import: names,
    ignore: peers,
    gzip: true,
    limit,
  };
}
