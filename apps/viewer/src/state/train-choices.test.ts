import { surfaceByName } from '@kanrecon/geometry';
import { surfaceFromFormulas } from '@kanrecon/geometry/formulas';
import { sceneByName, sceneFromJson } from '@kanrecon/scene';
import { parseExperiment } from '@kanrecon/training';
import { describe, expect, it } from 'vitest';
import { smallNetwork } from '../../test/small-network.js';
import { showSurface } from '../actions/show-surface.js';
import { firstSurfaceText, ownSurfaceName, parseSurfaceText } from '../surfaces/parse-surface-text.js';
import { experimentOf } from '../worker/training/experiment-of.js';
import { beginnings, choicesFrom, chosenSettings, heads, otherSurfaces, trainChoices } from './train-choices.js';

describe('chosenSettings', () => {
  it('names scenes, and writes down what else is shown', () => {
    expect(chosenSettings(trainChoices.value).scene).toBe('observable');
    expect(otherSurfaces).toContain('vase');
    expect(otherSurfaces).not.toContain('spiral-cylinder');
    const { scene } = chosenSettings({ ...trainChoices.value, thing: 'vase' });
    expect(sceneFromJson(scene as Exclude<typeof scene, string>).surface.name).toBe('vase');
  });

  it('takes the formula that was typed last, also when another surface is looked at', () => {
    const definition = parseSurfaceText(firstSurfaceText);
    showSurface(surfaceFromFormulas(definition));
    showSurface(surfaceByName('vase'));
    const { scene } = chosenSettings({ ...trainChoices.value, thing: ownSurfaceName });
    expect((scene as Exclude<typeof scene, string>).surface).toEqual(definition);
  });

  it('takes the rate that was typed, or the usual one', () => {
    expect(chosenSettings(trainChoices.value).learningRate).toBe(0.015);
    expect(chosenSettings({ ...trainChoices.value, backbone: 'squeezeNet11' }).learningRate).toBe(0.002);
    expect(chosenSettings({ ...trainChoices.value, learningRate: ' 0.01 ' }).learningRate).toBe(0.01);
  });

  it('makes an experiment with every head, of the recipe small', () => {
    expect(heads.map(({ words }) => words)).toEqual(
      expect.arrayContaining(['MLP', 'Fourier KAN', 'Classic Fourier KAN']),
    );
    for (const { name } of heads) {
      const experiment = experimentOf(chosenSettings({ ...trainChoices.value, head: name, drawers: 3 }));
      expect(parseExperiment(experiment)).toEqual(experiment);
      expect(experiment).toMatchObject({ schedule: 'one-cycle', workers: 1, data: { epochImages: 2048, workers: 3 } });
      expect(experiment.model.head).toMatchObject({ type: name, uncertainty: 'gaussian', dropout: 0 });
    }
  });

  it('has the network of the model that it begins from, and a head of one’s own where another is chosen', () => {
    const network = { ...smallNetwork, imageSize: 96, widths: [8], mean: 0.5 };
    const model = { ...{ name: 'mine', scene: sceneByName('study'), invisible: [], limits: [] }, network };
    expect(beginnings([model, { ...model, network: { ...network, backbone: 'efficientNetB0' } }])).toEqual([model]);
    const choices = choicesFrom({ ...trainChoices.value, head: 'fastKAN', drawers: 1 }, model);
    expect(choices).toMatchObject({ thing: 'study', begin: 'mine', head: 'mlp', imageSize: 96 });
    const settings = chosenSettings(choices, model);
    expect(settings).toMatchObject({ scene: 'study', learningRate: 0.003, begin: { model: 'mine', widths: [8] } });
    const experiment = experimentOf(settings);
    expect(parseExperiment(experiment)).toEqual(experiment);
    expect(experiment.model).toMatchObject({ mean: 0.5, std: 0.229, head: { type: 'mlp', widths: [8] } });
    const other = experimentOf(chosenSettings({ ...choices, head: 'fastKAN' }, model));
    expect(other.model).toMatchObject({ mean: 0.5, head: { type: 'fastKAN', widths: [] } });
    expect(chosenSettings({ ...choices, begin: '' })).not.toHaveProperty('begin');
  });
});
