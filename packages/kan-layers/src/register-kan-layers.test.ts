import { serialization } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { classMap, registeredHere, resetClassMap, secondCopy } from '../test/class-map.js';
import { EfficientKAN, efficientKAN, FourierKAN, registerKanLayers } from './index.js';
import { layerTable } from './layer-table.js';

describe('registerKanLayers', () => {
  afterEach(resetClassMap);

  it('registers under prefixed names, as often as one likes', () => {
    registerKanLayers();
    registerKanLayers();
    expect(classMap['KanLayersEfficientKAN']![0]).toBe(EfficientKAN);
    expect(classMap['KanLayersFourierKAN']![0]).toBe(FourierKAN);
    const kinds = new Set(Object.values(layerTable).map(({ kind }) => kind.className));
    const companions = ['EdgeRegularizer', 'FanIn', 'Rational', 'SmoothFourier', 'SplineNoise', 'Uniform'];
    expect(registeredHere()).toEqual([...kinds, ...companions.map((name) => `KanLayers${name}`)].sort());
    for (const { make } of Object.values(layerTable)) {
      const layer = make({ units: 1 });
      expect(layer.getClassName()).toMatch(/^KanLayers[A-Za-z]+$/);
      expect(classMap[layer.getClassName()]![0]).toBe(layer.constructor);
    }
  });

  it('a second copy of tfjs-layers in the class map is named', () => {
    secondCopy();
    expect(() => registerKanLayers()).toThrow(
      'registerKanLayers: two copies of TensorFlow.js are loaded; expected one copy',
    );
  });

  it("somebody's own Dense is no false alarm", () => {
    class Dense extends serialization.Serializable {
      static className = 'Dense';
      getConfig() {
        return {};
      }
    }
    serialization.registerClass(Dense);
    expect(() => registerKanLayers()).not.toThrow();
  });

  it('an input from a second copy is named', () => {
    const layer = efficientKAN({ units: 1 });
    const other = secondCopy();
    const foreign = other.input({ shape: [3] }) as never;
    expect(() => layer.apply(foreign)).toThrow(
      'KanLayersEfficientKAN: the input comes from another copy of TensorFlow.js',
    );
    expect(() => other.sequential().add(efficientKAN({ units: 1, inputShape: [3] }) as never)).toThrow('another copy');
  });
});
