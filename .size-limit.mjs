// What a program pays for the main entries of each package: minified and gzipped, with what lies under them, without TensorFlow.js and
// other peers. A limit is what was measured and a tenth more at most; a large entry has less room than that. `npm run check:size` measures
// the built packages. The sizes of single KAN layers stand in packages/kan-layers/README.md, which a test there compares.
const peers = ['@tensorflow/*', '@gltf-transform/core', 'three', 'mathjs'];

export default [
  entry('kan-layers', '{ fourierKAN }', '5.8 kB'),
  entry('kan-layers', '*', '43 kB'),
  entry('backbones', '{ squeezeNet11 }', '2.4 kB'),
  entry('backbones', '{ squeezeNet11, loadWeights }', '15 kB'),
  entry('backbones/names', '*', '350 B'),
  entry('tfjs-wasm-training', '{ enableWasmTraining }', '98 kB'),
  entry('metrics', '{ r2Score }', '2 kB'),
  entry('metrics', '{ coverageByWidth, rocAuc }', '1.2 kB'),
  entry('image', '{ fitImage }', '3.4 kB'),
  entry('geometry', '{ hausdorff }', '4.8 kB'),
  entry('geometry/files', '*', '3.2 kB'),
  entry('geometry/formulas', '*', '10 kB'),
  entry('geometry/names', '*', '3.6 kB'),
  entry('render', '{ renderSurface }', '16 kB'),
  entry('scene', '{ sceneByName, drawShape }', '5.8 kB'),
  entry('identifiability', '{ imageLimits }', '37 kB'),
  entry('identifiability', '{ cameraVisibility }', '26 kB'),
  entry('dataset', '{ parseLabel }', '3.5 kB'),
  entry('model', '{ fromArtifacts }', '45 kB'),
  entry('model/names', '*', '2.3 kB'),
  entry('onnx', '{ toOnnx }', '37 kB'),
  entry('training', '{ trainExperiment }', '125 kB'),
  entry('training/names', '*', '1.1 kB'),
  entry('reconstruction', '{ reconstruct }', '28 kB'),
  entry('reconstruction', '{ refine }', '60 kB'),
  entry('reconstruction', '{ findObject }', '61 kB'),
  entry('pretrained', '{ loadPretrained }', '62 kB'),
  entry('pretrained', '{ chooseModel }', '62 kB'),
];

/** @param place a package, or one of its other entries: `geometry/files` */
function entry(place, names, limit) {
  const [name, file = 'index'] = place.split('/');
  return {
    name: `${names === '*' ? 'all' : names.replace(/[{} ]/g, '').replace(',', ', ')} of ${place}`,
    path: `packages/${name}/dist/${file}.js`,
    import: names,
    ignore: peers,
    gzip: true,
    limit,
  };
}
