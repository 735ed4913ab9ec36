import { describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';

const { bytes, expectMistake, json, run } = programFixture('identify');

describe('identify', () => {
  it('says what images cannot tell, and writes it down', async () => {
    const { code, stdout } = await run('identify --draws 4 --size 48 --out told');
    expect(code).toBe(0);
    expect(stdout).toContain('twist_amp and twist_freq leave no trace');
    expect(stdout).toContain('(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace');
    expect(stdout).toMatch(/Best possible over all: R² 0\.53\d/);
    expect(json('told', 'identify.json').combinations).toHaveLength(3);
    expect(bytes('told', 'identify.svg').toString()).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it('takes the flags of synth; --json is one document', async () => {
    const { stdout } = await run('identify --pattern hue-wheel --camera fixed --draws 2 --size 32 --json');
    expect(JSON.parse(stdout)).toMatchObject({ invisible: [], laws: [], unexplained: 0, bestPossible: { r2: 1 } });
    await expectMistake('identify --surface sphere', /--surface takes one of spiral-cylinder/);
  });
});
