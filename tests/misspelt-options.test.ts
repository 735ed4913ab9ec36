import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as backbones from '../packages/backbones/src/index.js';
import * as backboneFiles from '../packages/backbones/src/node.js';
import * as blender from '../packages/blender/src/node.js';
import * as datasetStreams from '../packages/dataset/src/index.js';
import * as dataset from '../packages/dataset/src/node.js';
import * as imports from '../packages/dataset-import/src/node.js';
import * as files from '../packages/files/src/node.js';
import * as meshFiles from '../packages/geometry/src/files.js';
import * as geometry from '../packages/geometry/src/index.js';
import * as figure from '../packages/identifiability/src/figure.js';
import * as identifiability from '../packages/identifiability/src/index.js';
import * as image from '../packages/image/src/index.js';
import * as kan from '../packages/kan-layers/src/index.js';
import * as metrics from '../packages/metrics/src/index.js';
import * as model from '../packages/model/src/index.js';
import * as modelFiles from '../packages/model/src/node.js';
import * as onnx from '../packages/onnx/src/index.js';
import * as pretrained from '../packages/pretrained/src/index.js';
import * as reconstruction from '../packages/reconstruction/src/index.js';
import * as render from '../packages/render/src/index.js';
import * as scene from '../packages/scene/src/index.js';
import * as wasmTraining from '../packages/tfjs-wasm-training/src/index.js';
import * as wasmThreads from '../packages/tfjs-wasm-training/src/node.js';
import * as training from '../packages/training/src/index.js';
import * as trainingRuns from '../packages/training/src/node.js';

// What a function is given besides its options does not matter here: these are looked at first.
// biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
type Wrong = any;
const none: Wrong = undefined;
const wrong = (options: object): Wrong => options;

/** Type of the options, the name that is meant, and a call with it misspelt. */
const rows: [type: string, meant: string, call: () => unknown][] = [
  ['RecomputeStatisticsOptions', 'apply', () => model.recomputeStatistics(none, none, wrong({ aply: none }))],
  ['AlignMeshOptions', 'samples', () => geometry.alignMesh(none, none, wrong({ sample: 9 }))],
  ['ChamferOptions', 'squared', () => geometry.chamferDistance(none, none, wrong({ square: true }))],
  ['DistanceOptions', 'weights', () => geometry.fScore(none, none, 1, wrong({ weigths: 'area' }))],
  ['NormalConsistencyOptions', 'oriented', () => geometry.normalConsistency(none, none, wrong({ orientated: true }))],
  ['SurfaceHausdorffOptions', 'tolerance', () => geometry.surfaceHausdorff(none, none, wrong({ tolerence: 1 }))],
  ['VolumeIoUOptions', 'resolution', () => geometry.volumeIoU(none, none, wrong({ resolutions: 64 }))],
  ['TessellateOptions', 'uSteps', () => geometry.tessellate(none, none, wrong({ usteps: 9 }))],
  ['TessellateOptions', 'vSteps', () => geometry.surfaceNormals(none, none, wrong({ v_steps: 9 }))],
  ['FlutedColumnOptions', 'lobes', () => geometry.createFlutedColumn(wrong({ lobe: 3 }))],
  ['MeshFileOptions', 'colors', () => meshFiles.writeObj(none, wrong({ colours: none }))],
  ['MeshFileOptions', 'colors', () => meshFiles.writeGlb(none, wrong({ color: none }))],
  ['FitImageOptions', 'padding', () => image.fitImage(none, 8, wrong({ pading: 'crop' }))],
  ['ResizeImageOptions', 'filter', () => image.resizeImage(none, 8, 8, wrong({ filters: 'box' }))],
  ['MetricOptions', 'sampleWeight', () => metrics.meanAbsoluteError(none, none, wrong({ sample_weight: [] }))],
  ['MetricOptions', 'multioutput', () => metrics.meanSquaredError(none, none, wrong({ multiOutput: 'rawValues' }))],
  ['MetricOptions', 'multioutput', () => metrics.rootMeanSquaredError(none, none, wrong({ multiOutputs: [] }))],
  ['MetricOptions', 'sampleWeight', () => metrics.regressionReport(none, none, none, wrong({ sampleWeights: [] }))],
  ['ConformalFactorsOptions', 'levels', () => metrics.conformalFactors(none, none, wrong({ level: [0.9] }))],
  ['R2Options', 'forceFinite', () => metrics.r2Score(none, none, wrong({ force_finite: false }))],
  ['WriteAtomicallyOptions', 'durable', () => files.writeAtomically('x', '', wrong({ durabel: true }))],
  ['UserTemporaryFolderOptions', 'shared', () => files.userTemporaryFolder('x', wrong({ share: 'x' }))],
  ['FitCameraOptions', 'tanHalfFov', () => render.fitCamera(none, none, wrong({ tanHalfFOV: 1 }))],
  ['FixedCameraOptions', 'distance', () => render.fixedCamera(wrong({ distence: 1 }))],
  ['DevelopImageOptions', 'background', () => render.developImage(none, wrong({ size: 1, backgrounds: 1 }))],
  ['RenderMeshOptions', 'vertexColors', () => render.renderMesh(none, wrong({ vertexColours: [] }))],
  ['RenderMeshesOptions', 'shadows', () => render.renderMeshes([], wrong({ shadow: false }))],
  ['RenderOptions', 'samples', () => render.renderMeshes([], wrong({ sample: 2 }))],
  ['RenderSurfaceOptions', 'baseColor', () => render.renderSurface(none, none, wrong({ baseColour: none }))],
  ['LightOptions', 'ambient', () => render.renderSurface(none, none, wrong({ ambiant: 1 }))],
  ['RenderBatchOptions', 'batchSize', () => scene.renderBatch(none, wrong({ batchsize: 4 }))],
  ['RenderViewOptions', 'effects', () => scene.renderView(none, none, none, wrong({ effect: false }))],
  ['SceneFromJsonOptions', 'surfaceFromFormulas', () => scene.sceneFromJson(none, wrong({ surfaceFromFormula: none }))],
  ['BestPossibleOptions', 'draws', () => identifiability.bestPossibleScores(wrong({}), wrong({}), wrong({ draw: 9 }))],
  ['CameraVisibilityOptions', 'draws', () => identifiability.cameraVisibility(none, wrong({ draw: 9 }))],
  ['IdentifiabilityOptions', 'tolerance', () => identifiability.identifiability(none, wrong({ tolerence: 1 }))],
  ['IdentifyFigureOptions', 'encodePng', () => figure.identifyFigure(none, none, wrong({ encodePNG: none }))],
  ['ImageDrawOptions', 'samples', () => identifiability.identifiability(none, wrong({ sampels: 1 }))],
  ['ImageLimitsOptions', 'onProgress', () => identifiability.imageLimits(none, wrong({ onprogress: none }))],
  ['ImageLimitsOptions', 'signal', () => identifiability.measureLimits(none, wrong({ signals: none }))],
  ['CalibrateOptions', 'groups', () => training.calibrate([], [], none, wrong({ group: 8 }))],
  ['CheckDatasetOptions', 'maxDifference', () => dataset.checkDataset('x', wrong({ maxDiference: 1 }))],
  ['OpenImageCacheOptions', 'cacheDir', () => dataset.openImageCache(wrong({ cachedir: 'x' }))],
  ['OpenImageStreamOptions', 'workers', () => dataset.openImageStream(wrong({ worker: 1 }))],
  ['OpenImageStreamOptions', 'ahead', () => datasetStreams.openImageStreamOn(none as never, wrong({ aheads: 1 }))],
  ['DecodeImageOptions', 'onWarning', () => dataset.decodeImage('x', wrong({ onwarning: 1 }))],
  ['ReadImageOptions', 'size', () => dataset.readImage('x', wrong({ sizes: 1 }))],
  ['ScanDatasetOptions', 'checkImages', () => dataset.scanDataset('x', wrong({ checkImage: true }))],
  ['SynthesizeDatasetOptions', 'viewsPerShape', () => dataset.synthesizeDataset(wrong({ viewsPerShapes: 1 }))],
  ['DownloadDatasetOptions', 'attempts', () => imports.downloadDataset(wrong({ attempt: 1 }))],
  ['ImportDatasetOptions', 'limits', () => imports.importDataset('x', wrong({ limit: {} }))],
  ['ImportDatasetOptions', 'fileBytes', () => imports.importDataset('x', wrong({ limits: { filebytes: 1 } }))],
  ['OpenBlenderOptions', 'path', () => blender.openBlender(wrong({ paths: 'x' }))],
  ['CompareRenderersOptions', 'shapes', () => blender.compareRenderers(wrong({ shape: 1 }))],
  ['BlenderSynthesisOptions', 'samples', () => blender.blenderDatasetRenderer(wrong({ sampels: 1 }))],
  ['BackboneOptions', 'imageSize', () => backbones.smallCnn(wrong({ imagesize: 64 }))],
  ['BackboneOptions', 'channels', () => backbones.squeezeNet11(wrong({ channel: 1 }))],
  ['BackboneOptions', 'seed', () => backbones.efficientNetB0(wrong({ seeds: 1 }))],
  ['ReadTorchCheckpointOptions', 'stateDict', () => backbones.readTorchCheckpoint(none, wrong({ statedict: 'ema' }))],
  ['LoadWeightsOptions', 'prefix', () => backbones.loadWeights(none, none, wrong({ prefixes: 'backbone.' }))],
  ['SaveSafetensorsOptions', 'naming', () => backbones.saveSafetensors(none, wrong({ namings: 'timm' }))],
  ['FetchPretrainedOptions', 'baseUrl', () => backbones.fetchPretrained('squeezeNet11', wrong({ baseURL: 'x' }))],
  ['CreatePretrainedOptions', 'offline', () => backbones.createPretrained('squeezeNet11', wrong({ ofline: true }))],
  [
    'FetchPretrainedOptions',
    'cacheFolder',
    () => backboneFiles.fetchPretrained('squeezeNet11', wrong({ cachefolder: 'x' })),
  ],
  [
    'CreatePretrainedOptions',
    'imageSize',
    () => backboneFiles.createPretrained('squeezeNet11', wrong({ imagesize: 64 })),
  ],
  ['UnfreezeOptions', 'from', () => backbones.unfreeze(none, wrong({ form: 'stage5' }))],
  ['EfficientKANArgs', 'gridSize', () => kan.efficientKAN(wrong({ units: 1, gridsize: 4 }))],
  ['EfficientKANArgs', 'trainable', () => new kan.EfficientKAN(wrong({ units: 1, trainabel: false }))],
  ['EdgeLayerArgs', 'edgeMask', () => kan.efficientKAN(wrong({ units: 1, edgemask: true }))],
  ['KANLayerArgs', 'units', () => kan.rationalKAN(wrong({ unit: 1 }))],
  ['ClassicFourierKANArgs', 'addBias', () => kan.classicFourierKAN(wrong({ units: 1, addbias: false }))],
  ['FastKANArgs', 'denominator', () => kan.fastKAN(wrong({ units: 1, denominators: 1 }))],
  ['FasterKANArgs', 'invDenominator', () => kan.fasterKAN(wrong({ units: 1, invdenominator: 1 }))],
  ['FourierKANArgs', 'kernelInitializer', () => kan.fourierKAN(wrong({ units: 1, kernelInitialiser: 'zeros' }))],
  ['ChebyshevKANArgs', 'degree', () => kan.chebyshevKAN(wrong({ units: 1, degrees: 1 }))],
  ['JacobiKANArgs', 'layerNorm', () => kan.jacobiKAN(wrong({ units: 1, layernorm: true }))],
  ['LegendreKANArgs', 'start', () => kan.legendreKAN(wrong({ units: 1, starts: 'fanIn' }))],
  ['RationalKANArgs', 'groups', () => kan.rationalKAN(wrong({ units: 1, group: 2 }))],
  ['WaveletKANArgs', 'waveletType', () => kan.waveletKAN(wrong({ units: 1, wavelet_type: 'morlet' }))],
  ['KANOptions', 'gridRange', () => kan.kan(wrong({ widths: [2, 1], gridrange: [0, 1] }))],
  ['KANStackOptions', 'widths', () => kan.kan(wrong({ width: [2, 1] }))],
  ['SplineNoiseInitializerOptions', 'scaleNoise', () => new kan.SplineNoiseInitializer(wrong({ scalenoise: 1 }))],
  ['FanInInitializerOptions', 'distribution', () => new kan.FanInInitializer(wrong({ distributions: 'normal' }))],
  ['UniformInitializerOptions', 'minimum', () => new kan.UniformInitializer(wrong({ minimun: 1 }))],
  ['GridUpdateCallbackOptions', 'every', () => kan.gridUpdates(wrong({ samples: none, evry: 2 }))],
  ['GridUpdateOptions', 'gridEps', () => kan.updateGrid(none, none, wrong({ grideps: 1 }))],
  ['GridsUpdateOptions', 'batchSize', () => kan.updateGrids(none, none, wrong({ batchsize: 1 }))],
  ['GridsUpdateOptions', 'batchSize', () => kan.countOutsideGrids(none, none, wrong({ batch_size: 1 }))],
  ['AutoSymbolicOptions', 'digits', () => kan.autoSymbolic(none, none, wrong({ digit: 3 }))],
  ['SymbolicChoiceOptions', 'functions', () => kan.suggestSymbolic(none, 0, 0, null, wrong({ function: ['x'] }))],
  ['EdgeFunctionOptions', 'points', () => kan.edgeFunction(none, 0, 0, wrong({ point: 3 }))],
  ['FormulaOptions', 'digits', () => kan.formulaToText(none, wrong({ digts: 3 }))],
  ['FormulaOptions', 'digits', () => kan.formulaToLatex(none, wrong({ digts: 3 }))],
  ['PlotKANOptions', 'title', () => kan.plotKAN(none, none, wrong({ titel: 'x' }))],
  ['PruneOptions', 'edgeThreshold', () => kan.prune(none, none, wrong({ edgeTreshold: 1 }))],
  ['EdgePenaltyOptions', 'entropy', () => kan.edgeRegularizer(wrong({ entropie: 1 }))],
  ['EdgePenaltyOptions', 'l1', () => kan.kanRegularization(none, wrong({ L1: 1 }))],
  ['ConcatConv2dOptions', 'activation', () => wasmTraining.concatConv2d(none, [], wrong({ activations: 'relu' }))],
  ['FusedConv2dOptions', 'strides', () => wasmTraining.fusedConv2d(none, none, wrong({ stride: 2 }))],
  ['FusedBatchNormOptions', 'epsilon', () => wasmTraining.fusedBatchNorm(none, none, none, wrong({ epsilom: 1 }))],
  ['AdamWStepOptions', 'learningRate', () => wasmTraining.fusedAdamWStep(wrong({}), wrong({ learningrate: 1 }))],
  ['DataParallelOptions', 'workers', () => wasmThreads.startDataParallel(wrong({ worker: 1 }))],
  ['FetchReconstructorOptions', 'fetch', () => model.fetchReconstructor('x', wrong({ fetsch: none }))],
  ['FromArtifactsOptions', 'optimizer', () => model.fromArtifacts(none, wrong({ optimiser: false }))],
  ['ToArtifactsOptions', 'extra', () => model.toArtifacts(none, wrong({ extras: 1 }))],
  ['ToArtifactsOptions', 'optimizer', () => modelFiles.saveReconstructor(none, 'x', wrong({ optimiser: none }))],
  [
    'CreateReconstructorOptions',
    'imageSize',
    () => model.createReconstructor(wrong({ targets: target(), imagesize: 64 })),
  ],
  ['CreateReconstructorOptions', 'unit', () => model.createReconstructor(wrong({ targets: target({ units: 'm' }) }))],
  ['ImportCheckpointOptions', 'imageSize', () => model.importCheckpoint({}, wrong({ targets: [], imagesize: 64 }))],
  ['DescribeNetworkOptions', 'licence', () => model.describeNetwork(network(), wrong({ license: 'MIT' }))],
  ['DescribeNetworkOptions', 'licence', () => model.toSafetensors(none, wrong({ license: 'MIT' }))],
  ['DescribeNetworkOptions', 'licence', () => model.toLayersModel(none, wrong({ license: 'MIT' }))],
  ['ToOnnxOptions', 'licence', () => onnx.toOnnx(none, wrong({ license: 'MIT' }))],
  ['LayersModelToOnnxOptions', 'metadata', () => onnx.layersModelToOnnx(none, wrong({ metaData: {} }))],
  ['AdamWOptions', 'weightDecay', () => new model.AdamW(wrong({ weightdecay: 0 }))],
  ['CosineDecayOptions', 'warmup', () => model.cosineDecay(wrong({ initial: 1, steps: 2, warmUp: 1 }))],
  ['OneCycleOptions', 'divFactor', () => model.oneCycle(wrong({ max: 1, steps: 2, divfactor: 1 }))],
  ['StepDecayOptions', 'gamma', () => model.stepDecay(wrong({ initial: 1, gama: 1 }))],
  ['TrainStepOptions', 'variableGrads', () => model.trainStep(none, none, none, none, wrong({ variableGrad: none }))],
  ['TrainStepOptions', 'step', () => model.trainHeadStep(none, none, none, none, wrong({ steps: 1 }))],
  ['PredictBatchOptions', 'batchSize', () => model.computeFeatures(none, none, wrong({ batchsize: 1 }))],
  ['NormalizeImagesOptions', 'mean', () => model.normalizeImages(none, wrong({ means: 0, std: 1 }))],
  ['PredictBatchOptions', 'batchSize', () => network().predictBatch(none, wrong({ batchsize: 1 }))],
  ['PredictBatchOptions', 'batchSize', () => model.evaluateBatch(none, none, none, wrong({ batchsize: 1 }))],
  ['PredictOptions', 'clip', () => network().predict(none, wrong({ clipp: true }))],
  ['ExperimentOptions', 'optimizer.learningRate', () => training.parseExperiment({ ...experiment(), learningRate: 1 })],
  ['CacheFeaturesOptions', 'store', () => training.cacheFeatures(none, none, 1, wrong({ stores: none }))],
  ['SceneSourceOptions', 'epochImages', () => training.sceneSource(wrong({ epochimages: 1 }))],
  ['TrainExperimentOptions', 'onEvent', () => training.trainExperiment(experiment(), wrong({ onevent: none }))],
  ['SplitDataOptions', 'splits', () => trainingRuns.openSplitData(wrong({ split: [] }))],
  ['RunOptions', 'backend', () => trainingRuns.resumeRun({}, wrong({ backends: 'cpu' }))],
  ['RunOptions', 'epochs', () => trainingRuns.resumeRun(wrong({ epoch: 3 }), wrong({}))],
  ['CheckpointFileOptions', 'stateDict', () => trainingRuns.readCheckpointFile('x', wrong({ statedict: 'ema' }))],
  ['StartRunOptions', 'draw', () => trainingRuns.startRun(experiment(), wrong({ draws: none }))],
  ['StreamSourceOptions', 'workers', () => trainingRuns.streamSource(wrong({ worker: 1 }))],
  [
    'CompareReconstructionOptions',
    'meshSteps',
    () => reconstruction.compareReconstruction(wrong({}), {}, {}, wrong({ meshsteps: none })),
  ],
  ['ChooseModelOptions', 'budget', () => pretrained.chooseModel(none, [], wrong({ budgets: 9 }))],
  ['LoadPretrainedOptions', 'baseUrl', () => pretrained.loadPretrained(none, wrong({ baseURI: 'x' }))],
  ['FindObjectOptions', 'secondLook', () => reconstruction.findObject(none, {}, none, wrong({ secondlook: true }))],
  ['RebuildOptions', 'view', () => reconstruction.rebuild(none, none, wrong({ views: none }))],
  ['RefineOptions', 'samples', () => reconstruction.refine(none, none, none, wrong({ sample: 9 }))],
  ['RefineStart', 'normalized', () => reconstruction.refine(none, wrong({ normalised: [] }), none)],
  ['ReconstructOptions', 'renderingSize', () => reconstruction.reconstruct(none, none, wrong({ renderingsize: 9 }))],
];

/** Options that no function of a package is called with, or that have words of their own. */
const elsewhere: Record<string, string> = {
  SurfaceOfRevolutionOptions: 'a definition, whose fields are checked with their kinds',
  BlenderViewOptions: 'of a running Blender',
  CachedFileOptions: 'of downloadToCache, whose callers have checked their own',
  DownloadFileOptions: 'of downloadFile, likewise',
  PretrainedBackboneOptions: 'among CreatePretrainedOptions',
  HeadLayerOptions: 'handed to a head, not taken',
  LayerArgs: "TensorFlow.js' own, among those of every layer",
  WeightArgs: 'among those of every layer',
};

function target(more: object = {}) {
  return [{ name: 'a', min: 0, max: 1, ...more }];
}

let made: model.Reconstructor | undefined;
function network(): model.Reconstructor {
  made ??= Object.assign(Object.create(model.Reconstructor.prototype), { config: { imageSize: 32 } });
  return made as model.Reconstructor;
}

function experiment(): Wrong {
  const data = { kind: 'stream', epochImages: 4 };
  return { model: {}, data, optimizer: { learningRate: 1 }, budget: { epochs: 1 } };
}

describe('a misspelt option', () => {
  it.each(rows)('of %s is refused with the name that is meant: %s', async (_, meant, call) => {
    // In an async function, so that what throws at once and what rejects are alike.
    const error = await (async () => call())().then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).toMatch(/unknown (option|field)/);
    expect(error?.message).toContain(`did you mean ${meant}?`);
  });

  it('is refused of every kind of options that a package exports', () => {
    const folders =
      'backbones blender dataset dataset-import files geometry identifiability image kan-layers metrics model pretrained reconstruction render scene tfjs-wasm-training training';
    const exported = folders.split(' ').flatMap((folder) =>
      ['index', 'node', 'files'].flatMap((entry) => {
        const url = new URL(`../packages/${folder}/src/${entry}.ts`, import.meta.url);
        return [...read(url).matchAll(/\b\w+(?:Options|Args)\b/g)].map(([name]) => name);
      }),
    );
    const tested = new Set([...rows.map(([type]) => type), ...Object.keys(elsewhere)]);
    const types = [...new Set(exported)].filter((name) => /^[A-Z]/.test(name));
    expect(types.filter((name) => !tested.has(name))).toEqual([]);
    expect(types.length).toBeGreaterThan(80);
  });

  it('is found by the same function in every package that cannot have it from another', () => {
    for (const file of ['check-options.ts', 'nearest-name.ts']) {
      const copies = ['geometry', 'image', 'metrics', 'files', 'kan-layers', 'backbones', 'tfjs-wasm-training'];
      const texts = copies.map((name) => read(new URL(`../packages/${name}/src/${file}`, import.meta.url)));
      expect(texts[0]).toContain('export function');
      expect(new Set(texts).size, file).toBe(1);
    }
  });
});

function read(url: URL): string {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return '';
  }
}
