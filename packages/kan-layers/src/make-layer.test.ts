import { serialization, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../test/backends.js';
import { registeredHere, resetClassMap, secondCopy } from '../test/class-map.js';
import { throughText } from '../test/through-text.js';
import {
  classicFourierKAN,
  EdgeRegularizer,
  efficientKAN,
  FanInInitializer,
  fourierKAN,
  type KANLayer,
  type LayerName,
  SplineNoiseInitializer,
  UniformInitializer,
} from './index.js';
import { layerTable } from './layer-table.js';

const names = Object.keys(layerTable) as LayerName[];
const make = (name: LayerName, args: object = {}) =>
  (layerTable[name].make as (args: object) => KANLayer)({ units: 2, seed: 1, name: 'kan', ...args });
const modelOf = (layer: layers.Layer) => sequential({ layers: [layers.inputLayer({ inputShape: [4] }), layer] });
const prefixed = (...classes: string[]) => classes.map((name) => `KanLayers${name}`).sort();

/** What only these classes are registered for: the layer's model comes back as it was. */
async function expectSameAfterLoading(layer: KANLayer): Promise<void> {
  const model = modelOf(layer);
  const x = tensor2d([0.3, -0.2, 0.9, -1.4, 0.1, 0, 0.5, 0.7], [2, 4]);
  const loaded = await throughText(model);
  const copy = loaded.getLayer('kan');
  expect(copy.constructor).toBe(layer.constructor);
  expect(JSON.stringify(copy.getConfig())).toBe(JSON.stringify(layer.getConfig()));
  expect([...(loaded.predict(x) as Tensor).dataSync()]).toEqual([...(model.predict(x) as Tensor).dataSync()]);
}

// Nothing here calls registerKanLayers, and every test starts with none of the package's classes registered.
describe('a factory', () => {
  beforeAll(() => useBackend('cpu'));
  afterEach(resetClassMap);

  it.each(names)('%s registers what saving and loading its layer takes, and no other layer', async (name) => {
    expect(registeredHere()).toEqual([]);
    const layer = make(name);
    const { kind } = layerTable[name];
    expect(layer.constructor).toBe(kind);
    const registered = registeredHere();
    expect(registered).toEqual([kind, ...kind.companions].map(({ className }) => className).sort());
    expect(registered.filter((each) => each.endsWith('KAN'))).toEqual([kind.className]);
    await expectSameAfterLoading(layer);
    expect(registeredHere()).toEqual(registered);
    make(name);
    expect(registeredHere()).toEqual(registered);
  });

  it('fourierKAN registers three classes, efficientKAN four', () => {
    fourierKAN({ units: 1 });
    expect(registeredHere()).toEqual(prefixed('FourierKAN', 'FanIn', 'Uniform'));
    resetClassMap();
    efficientKAN({ units: 1 });
    expect(registeredHere()).toEqual(prefixed('EfficientKAN', 'FanIn', 'SplineNoise', 'EdgeRegularizer'));
  });

  it.each(names)('%s says that two copies of TensorFlow.js are loaded', (name) => {
    secondCopy();
    expect(() => make(name)).toThrow(`${name}: two copies of TensorFlow.js are loaded; expected one copy`);
    expect(registeredHere()).toEqual([]);
  });

  it('finds by name what a saved layer of its class may hold, however it was made itself', async () => {
    const splineRegularizer = { className: EdgeRegularizer.className, config: { l1: 0.5, entropy: 0.25 } };
    await expectSameAfterLoading(make('efficientKAN', { splineRegularizer, splineInitializer: 'zeros' }));
    const smooth = modelOf(classicFourierKAN({ units: 1, name: 'kan', smoothInitialization: true }));
    const saved = JSON.parse(JSON.stringify(smooth.getLayer('kan').getConfig()));
    resetClassMap();
    const other = classicFourierKAN({ units: 1 });
    const kind = other.constructor as unknown as serialization.SerializableConstructor<KANLayer>;
    expect(kind.fromConfig(kind, saved).getConfig()).toEqual(saved);
  });

  it('registers what it is given of this package', async () => {
    const splineInitializer = new SplineNoiseInitializer({ scaleNoise: 2, seed: 1 });
    const layer = make('efficientKAN', { splineInitializer, scaleInitializer: new UniformInitializer({ seed: 3 }) });
    expect(registeredHere()).toContain('KanLayersUniform');
    await expectSameAfterLoading(layer);
  });

  it("leaves somebody's own subclass to somebody", () => {
    class Halved extends FanInInitializer {}
    efficientKAN({ units: 1, baseInitializer: new Halved() });
    expect(serialization.SerializationMap.getMap().classNameMap['KanLayersFanIn']![0]).toBe(FanInInitializer);
  });

  it('says how to register what it does not know', () => {
    const kernelInitializer = { className: 'KanLayersSplineNoise', config: {} };
    expect(() => fourierKAN({ units: 1, kernelInitializer })).toThrow(
      "unknown initializer; expected the name of a registered class (registerKanLayers() registers all of this package), got 'KanLayersSplineNoise'",
    );
  });
});
