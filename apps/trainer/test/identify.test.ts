import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';

const { at, bytes, expectMistake, json, run } = programFixture('identify');

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
    expect(JSON.parse(stdout)).toMatchObject({
      invisible: [],
      invariances: [],
      unexplained: 0,
      bestPossible: { r2: 1 },
    });
    await expectMistake('identify --surface sphere', /--surface takes one of spiral-cylinder/);
  });

  it('says that coarse images leave it open, and ends with 1', async () => {
    const coarse = 'identify --draws 2 --size 16 --samples 1';
    const { code, stdout } = await run(coarse);
    expect(code).toBe(1);
    expect(stdout).toContain('Too coarse to decide');
    expect(stdout).toContain('Finer settings may decide it: --draws 8 --size 64 --samples 8');
    expect(stdout).toMatch(/^radius +units +undecided .*\?$/m);
    expect(stdout).not.toMatch(/\bshows?\b|1\.000|Best possible over all/);
    const { code: sameCode, stdout: document } = await run(`${coarse} --json`);
    expect(sameCode).toBe(1);
    expect(JSON.parse(document)).toMatchObject({ undecided: 2, bestPossible: null, finer: { draws: 8 } });
  });

  it('names what is wrong with --out', async () => {
    const quick = 'identify --draws 2 --size 16 --samples 1 --out';
    await expectMistake(`${quick} ${'x'.repeat(300)}`, /x{300}: this name is too long\.\n/);
    writeFileSync(at('a-file'), '');
    await expectMistake(`${quick} a-file`, /a-file is a file; give a folder\.\n/);
    mkdirSync(at('taken', 'identify.json'), { recursive: true });
    await expectMistake(`${quick} taken`, /taken\/identify\.json is there already and was not made by this command/);
    expect(readdirSync(at('taken'))).toEqual(['identify.json']);
  });
});
