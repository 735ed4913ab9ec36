import { drawShape, drawView, renderView, type SceneName, sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { chooseModel, type ModelToChoose } from './choose-model.js';

const size = 64;

/** An image of a scene, and what a network of it would say that is rarely far off. */
function imageOf(name: SceneName, seed = 5, number = 1) {
  const scene = sceneByName(name);
  const shape = drawShape(scene, seed, number);
  const { image } = renderView(scene, shape, drawView(scene, seed, number, 0), { size });
  const normalized = scene.surface.parameters.map((parameter, i) => {
    const share = (shape.parameters[parameter.name]! - parameter.min) / (parameter.max - parameter.min);
    return share + 0.05 * (i % 2 === 0 ? 1 : -1);
  });
  return { image, normalized };
}

/** A network that says the same of every image. */
function model(name: SceneName, normalized: readonly number[]): ModelToChoose {
  const scene = sceneByName(name);
  const predict = async () => ({ normalized: Float32Array.from(normalized), parameters: {}, inRange: {} });
  return { reconstructor: { predict, targets: scene.surface.parameters, card: {} }, scene };
}

const names = ['fluted', 'observable'] as const;
const models = names.map((name) => model(name, imageOf(name).normalized));

describe('chooseModel', () => {
  it.each(names)('takes the model of the scene that an image is of: %s', async (name) => {
    const [best, ...others] = await chooseModel(imageOf(name).image, models);
    expect(best.model.scene.name).toBe(name);
    // So few renderings need not be enough for all of it.
    expect(best.verdict.kind).not.toBe('foreign');
    for (const { verdict } of others) {
      expect(verdict.kind).toBe('foreign');
      expect(verdict.score).toBeGreaterThan(best.verdict.score);
    }
  });

  it('looks at the one first whose answer looks most like the image, and at no other where that finds the object', async () => {
    const { image, normalized } = imageOf('observable');
    const right = model('observable', normalized);
    const wrong = model('observable', [1, 0, 1, 0, 1, 0]);
    for (const order of [
      [right, wrong],
      [wrong, right],
    ]) {
      const fits = await chooseModel(image, order);
      expect(fits.map((fit) => [fit.model, fit.verdict.kind])).toEqual([[right, 'found']]);
    }
  });

  it('searches without the networks where none of their answers leads to the object', async () => {
    const wrong = names.map((name) => model(name, [1, 0, 1, 0, 1, 0]));
    const [{ model: best, verdict }] = await chooseModel(imageOf('observable').image, wrong);
    expect([best.scene.name, verdict.kind]).toEqual(['observable', 'found']);
  });

  it('takes the wider of two scenes with the same objects where it leaves less, and only there', async () => {
    const { image, normalized } = imageOf('study');
    const own = await chooseModel(image, [model('robust', normalized), model('study', normalized)]);
    expect(own[0].model.scene.name).toBe('study');
    expect(own[0].verdict.kind).toBe('found');

    // Behind an occluder, in slanted light, as JPEG: study's sun explains it too, with a wave that is 8 % off.
    const lit = imageOf('robust', 77, 0);
    const fits = await chooseModel(lit.image, [model('study', lit.normalized), model('robust', lit.normalized)]);
    expect(fits.map((fit) => fit.model.scene.name)).toEqual(['robust', 'study']);
  });

  it('says of an image of nothing that no model is for it, in the order in which they were given', async () => {
    const data = new Uint8Array(3 * size * size).fill(120);
    const fits = await chooseModel({ width: size, height: size, data }, models);
    expect(fits.map((fit) => fit.model)).toEqual(models);
    expect(fits.map(({ verdict }) => verdict.kind)).toEqual(['foreign', 'foreign']);
  });

  it('refuses no models, and images that are too small', async () => {
    const image = { width: 16, height: 16, data: new Uint8Array(3 * 16 * 16) };
    await expect(chooseModel(image, [])).rejects.toThrow(
      'chooseModel: there is nothing to choose from; expected one model at least, got none',
    );
    await expect(chooseModel(image, models)).rejects.toThrow(/32/);
  });

  it('stops when it is told to', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(chooseModel(imageOf('fluted').image, models, { signal })).rejects.toBe(reason);
  });
});
