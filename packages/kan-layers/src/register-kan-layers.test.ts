import { createRequire } from 'node:module';
import { serialization } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { EfficientKAN, efficientKAN, FourierKAN, registerKanLayers } from './index.js';
import { layerFactories } from './layer-table.js';

const map = serialization.SerializationMap.getMap().classNameMap;
const original = { ...map };

/** A real second copy, as a wrong installation has it: the same file, loaded again; it shares our core. */
function secondCopy(): typeof import('@tensorflow/tfjs-layers') {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@tensorflow/tfjs-layers');
  const first = require.cache[path];
  delete require.cache[path];
  try {
    return require(path);
  } finally {
    if (first) require.cache[path] = first;
  }
}

describe('registerKanLayers', () => {
  afterEach(() => {
    for (const key of Object.keys(map)) delete map[key];
    Object.assign(map, original);
  });

  it('registers under prefixed names, as often as one likes', () => {
    registerKanLayers();
    registerKanLayers();
    expect(map['KanLayersEfficientKAN']![0]).toBe(EfficientKAN);
    expect(map['KanLayersFourierKAN']![0]).toBe(FourierKAN);
    for (const make of Object.values(layerFactories)) {
      const layer = make({ units: 1 });
      expect(layer.getClassName()).toMatch(/^KanLayers[A-Za-z]+$/);
      expect(map[layer.getClassName()]![0]).toBe(layer.constructor);
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
