import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { verdict } from './verdict.js';

const [study, observable, fluted] = ['study', 'observable', 'fluted'].map(sceneByName) as [never, never, never];
const nothing = { chiSquared: 0.2, rms: 0.3, unexplained: 0.001, hidden: 0, cut: 0 };

describe('verdict', () => {
  it('says what was found, and what is left', () => {
    expect(verdict({ found: true, settled: true, misfit: nothing }, study)).toEqual({
      kind: 'found',
      score: 0.001,
      sentence: 'The image shows a spiral cylinder: its rendering leaves 0.1 % of the image unexplained.',
    });
    expect(verdict({ found: true, settled: true, misfit: { ...nothing, unexplained: 0 } }, study).sentence).toContain(
      'less than 0.1 %',
    );
  });

  it('says where renderings of the scene come nearer', () => {
    const { kind, sentence } = verdict(
      { found: true, settled: false, misfit: { ...nothing, chiSquared: 1.5 } },
      fluted,
    );
    expect(kind).toBe('found');
    expect(sentence).toContain('unexplained. It is not as near as renderings of the scene come: ');
  });

  it('says that something else is shown', () => {
    const { kind, sentence } = verdict(
      { found: false, settled: false, misfit: { ...nothing, unexplained: 0.402 } },
      fluted,
    );
    expect(kind).toBe('foreign');
    expect(sentence).toBe(
      'This does not look like a fluted column: the best rendering of one leaves 40 % of the image unexplained.',
    );
  });

  it('doubts where little is unexplained and nothing was found', () => {
    const { kind, sentence } = verdict(
      { found: false, settled: false, misfit: { ...nothing, chiSquared: 5, unexplained: 0.021 } },
      observable,
    );
    expect(kind).toBe('doubtful');
    expect(sentence).toContain('2.1 %');
  });

  it('says that an object is cut off, where the camera shows it whole; a fitted camera brings it to the frame', () => {
    const misfit = { ...nothing, unexplained: 0.3, cut: 0.3 };
    expect(verdict({ found: false, settled: false, misfit }, observable)).toMatchObject({
      kind: 'doubtful',
      sentence: expect.stringContaining('cut off by the frame'),
    });
    expect(verdict({ found: false, settled: false, misfit }, study).kind).toBe('foreign');
    expect(verdict({ found: false, settled: false, misfit: { ...misfit, cut: 0.6 } }, study).sentence).toContain(
      'cut off',
    );
    expect(verdict({ found: true, settled: true, misfit: nothing }, observable).kind).toBe('found');
  });
});
