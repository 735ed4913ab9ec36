import { sceneByName } from '@kanrecon/scene';
import { expect, it, vi } from 'vitest';
import type { Ui } from '../ui/ui.js';
import { runIdentify } from './run-identify.js';

const figures = vi.hoisted(() => ({ loaded: 0 }));
vi.mock('@kanrecon/identifiability/figure', () => {
  figures.loaded++;
  return { identifyFigure: () => '' };
});

it('does not load the charts where no figure is asked for: they take longer than a small scene', async () => {
  const ui = { progress: () => ({ update: () => {}, stop: () => {} }) } as unknown as Ui;
  const settings = { draws: 2, size: 16, samples: 1, seed: 1 };
  const { signal } = new AbortController();
  const found = await runIdentify({ scene: sceneByName('study'), ...settings, ui, signal });
  expect(found.parameters).toHaveLength(6);
  expect(figures.loaded).toBe(0);
});
