import { denormalizeParameters, type ParametricSurface, surfaceByName } from '@kanrecon/geometry';
import { sceneByName, typicalView } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import type { Case } from '../state/case.js';
import type { NetworkAnswer, RefineStep } from '../worker/protocol.js';
import { refineBegin } from './refine-begin.js';

const surface: ParametricSurface = surfaceByName('spiral-cylinder');
const normalized = surface.parameters.map((_, i) => 0.2 + 0.1 * i);
const view = typicalView(sceneByName('study'), { x: 0.7, y: 0.1, z: 0.2 });
const start = { normalized: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], spread: [0.02, 0.02, 0.02, 0.02, 0.02, 0.02] };
const answers = [{ model: 'study', start } as unknown as NetworkAnswer];
const step: RefineStep = {
  phase: 'fit',
  parameters: denormalizeParameters(surface, normalized),
  view,
  baseColor: [0.1, 0.2, 0.3],
  cost: 1,
  renderings: 100,
};

describe('refineBegin', () => {
  it('begins again from the network’s answer, whatever was found before', () => {
    const item = { model: 'study', answers, refined: { study: { normalized: [0, 0, 0, 0, 0, 0] } } } as unknown as Case;
    expect(refineBegin(item, surface)).toBe(start);
    expect(refineBegin({ ...item, answers: [] }, surface)).toEqual({});
  });

  it('goes on from where it was stopped, with a spread that says nothing', () => {
    const begin = refineBegin({ model: 'study', answers, step }, surface);
    expect(begin.cameraAngles).toEqual(view.cameraAngles);
    expect(begin.baseColor).toEqual(step.baseColor);
    for (const [i, value] of begin.normalized!.entries()) expect(value).toBeCloseTo(normalized[i]!, 6);
    // A start without spreads would be taken for a network's answer.
    expect(begin.spread).toEqual(normalized.map(() => 0.29));
  });

  it('begins anew where a search was stopped', () => {
    expect(refineBegin({ model: 'study', answers, step: { ...step, phase: 'search' } }, surface)).toBe(start);
  });
});
