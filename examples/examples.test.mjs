import '@tensorflow/tfjs-backend-wasm';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fineTune } from './fine-tune.mjs';
import { recoverFormula } from './recover-formula.mjs';
import { recoverProfile, shape } from './recover-profile.mjs';

describe('examples', () => {
  beforeAll(async () => {
    await setBackend('wasm');
    await ready();
  });

  it('kan-formula finds exp(sin(pi*x1) + x2^2)', { timeout: 300_000 }, async () => {
    const lines = [];
    const { text, result, freshR2, svg } = await recoverFormula((line) => lines.push(line));
    expect(text).toBe('exp(sin(pi*x1) + x2^2)');
    expect(freshR2).toBeGreaterThan(0.9999);
    expect(result.againstNetwork.r2).toBeGreaterThan(0.999);
    expect(result.networkAgainstTargets.r2).toBeGreaterThan(0.999);
    expect(result.edges.filter((edge) => edge.function !== 'constant').map((edge) => edge.function)).toEqual([
      'sin',
      'x^2',
      'exp',
    ]);
    expect(lines.filter((line) => line.includes('epoch')).length).toBe(20);
    expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  it('kan-profile finds radius, wave_amp and wave_freq to 1 %, off radii with an error of 0.01', {
    timeout: 120_000,
  }, async () => {
    const { result, text, freshR2 } = await recoverProfile(() => {});
    expect(text).toMatch(/^[\d.]+\*cos\([\d.]+\*v\) \+ [\d.]+$/);
    const [waveAmp, waveFreq, radius] = text.match(/[\d.]+/g).map(Number);
    expect(Math.abs(waveAmp / shape.waveAmp - 1)).toBeLessThan(0.01);
    expect(Math.abs(waveFreq / shape.waveFreq - 1)).toBeLessThan(0.01);
    expect(Math.abs(radius / shape.radius - 1)).toBeLessThan(0.01);
    expect(freshR2).toBeGreaterThan(0.999);
    // The formula is nearer the truth than the network, which has learnt some of the noise.
    expect(result.againstTargets.rmse).toBeLessThan(0.0105);
  });

  it('fine-tune reads the vase better from few images than a network that begins anew', {
    timeout: 300_000,
  }, async () => {
    await enableWasmTraining();
    const lines = [];
    const { adapted, random, images } = await fineTune((line) => lines.push(line));
    expect(images).toBe(3072);
    expect(lines).toContain(
      'the vase, from that network: 30 weights taken over; anew: head_0/kernel [3072,6], head_0/bias [6]',
    );
    expect(adapted).toBeGreaterThan(0.5);
    expect(adapted).toBeGreaterThan(random + 0.05);
  });

  it('an unknown name is refused with the list', () => {
    const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), 'x']);
    expect(status).toBe(2);
    expect(String(stderr)).toContain('expected one of kan-formula, kan-profile, fine-tune, got x');
  });
});
