import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { readImage } from '@kanrecon/dataset/node';
import { renderView, sceneByName, typicalView } from '@kanrecon/scene';
import { beforeAll, describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';
import { runProgram } from './run-program.js';

// Scenes, surfaces of one’s own and changed looks, from images to a mesh.
const { at, expectMistake, folder, json, run, synthesize } = programFixture('other-looks');

beforeAll(async () => {
  await synthesize();
});

describe('data of another scene', () => {
  const cone = {
    name: 'my-cone',
    parameters: [
      { name: 'slope', min: 0.5, max: 2 },
      { name: 'length', min: 0.5, max: 1 },
    ],
    domain: { u: [0, '2 * pi'], v: [0, 'length'] },
    x: 'v * cos(u)',
    y: 'v * sin(u)',
    z: '-slope * v',
    closedU: true,
    poleVMin: true,
  };
  const small = '--shapes 10 --views 2 --size 48 --split .6,.2,.2 --workers 2';
  const short = '--image-size 32 --epochs 1 --batch-size 4 --augment rotate,color,hue';
  const imageOf = (data: string) => `${data}/test/images/${readdirSync(at(data, 'test', 'images'))[0]}`;

  it('observable: is trained on, scored beside a ceiling of 1, and drawn as it was', async () => {
    expect((await run(`synth --out observable --scene observable --noise 0..4 ${small}`)).code).toBe(0);
    expect((await run(`train --dataset observable --out seeing ${short}`)).code).toBe(0);
    const stored = { name: 'observable', surface: 'spiral-cylinder', changes: { effects: { noise: [0, 4] } } };
    expect(json('seeing', 'config.json').scene).toMatchObject(stored);
    const { stdout } = await run('evaluate seeing --dataset observable --json');
    const evaluation = JSON.parse(stdout);
    expect(evaluation).toMatchObject({ scene: 'observable', bestPossible: { r2: 1 } });
    expect(evaluation.scores.visible).toHaveLength(6);
    const image = imageOf('observable');
    const predicted = await run(`predict --no-refine seeing ${image} --out seen --json`);
    expect(predicted.code).toBe(0);
    const [found] = JSON.parse(predicted.stdout).reconstructions;
    const { rendering, drawn_parameters: parameters, camera_angles: angles } = found;
    const scene = sceneByName('observable');
    const radians = (degrees: number) => (degrees * Math.PI) / 180;
    const view = typicalView(scene, {
      x: radians(angles.x_angle),
      y: radians(angles.y_angle),
      z: radians(angles.z_angle),
    });
    const expected = renderView(scene, { parameters, baseColor: [0.5, 0.5, 0.5] }, view, { size: 256 }).image;
    const drawn = await readImage(at('seen', rendering));
    const sum = drawn.data.reduce((total, value, i) => total + Math.abs(value - expected.data[i]!), 0);
    expect(sum / drawn.data.length).toBeLessThan(0.1);
    // Another surface, another look.
    const other = await run('evaluate seeing --dataset data --json');
    expect(other.stderr).toMatch(/looks otherwise than what the run was trained on \(scene study, not observable\)/);
  });

  it('formulas: the whole way from a file to a mesh, with workers', async () => {
    writeFileSync(at('my-cone.json'), JSON.stringify(cone));
    expect((await run(`synth --out cones --surface my-cone.json --camera fixed ${small}`)).code).toBe(0);
    expect((await run(`train --dataset cones --out coned ${short} --workers 2`)).code).toBe(0);
    expect((await run('train --out coned --resume --epochs 2')).code).toBe(0);
    const { stdout } = await run('evaluate coned --dataset cones');
    for (const name of ['slope', 'length', 'all']) expect(stdout).toContain(name);
    expect(stdout).not.toMatch(/twist/);
    expect(stdout).toContain('Best possible: such images hide nothing');
    expect((await run(`predict --no-refine coned ${imageOf('cones')} --out cone-found --format obj`)).code).toBe(0);
    await expectMistake(
      'evaluate coned --dataset data',
      /data shows objects of the surface "spiral-cylinder", not .*"my-cone"; use a data set of the latter, or a model/,
    );
    await expectMistake('train --dataset data --out coned --resume --epochs 3', /"spiral-cylinder", not .*"my-cone"/);
  });

  it('refuses what cannot be drawn and what makes labels false', async () => {
    const line = `train --dataset observable --out never --image-size 32 --augment study`;
    await expectMistake(
      line,
      /--augment study would make labels false: a mirrored image .*use --augment rotate,color,hue/,
    );
    expect(existsSync(at('never'))).toBe(false);
    writeFileSync(at('evil.json'), JSON.stringify({ ...cone, x: 'process.exit(0)' }));
    await expectMistake('synth --out evil --surface evil.json', /evil\.json: x is wrong|evil\.json: .*process/);
    await expectMistake('synth --out x --surface pretzel', /--surface takes one of spiral-cylinder, .*got "pretzel"/);
    await expectMistake('synth --out x --pattern strips', /did you mean "stripes"/);
    await expectMistake('synth --out x --camera near', /--camera takes fitted, fixed or a distance/);
    await expectMistake(
      'synth --out x --color 0.2,0.3,0.4',
      /from 0 to 1 for red, green and blue alike, or one of them/,
    );
    await expectMistake(
      'synth --out x --scene nope',
      /observable, fluted, robust, but got "nope"; for other .* use --surface/,
    );
    const { stderr } = await runProgram(['synth', '--out', 'x', '--surface', ''], folder);
    expect(stderr).toContain('a file of formulas that ends in .json');
    await expectMistake(
      'synth --out x --camera 1',
      /distance 1 stands inside the largest objects, which reach 2\.\d+ from their middle; .*fixed, .*\(7\.6\)\.$/m,
    );
    await expectMistake('synth --out x --noise 6..2', /--noise takes a range a\.\.b of numbers from 0 to 255/);
    writeFileSync(at('options.json'), '{"light": {"warmth": [0, 1]}}');
    await expectMistake('synth --out x --options options.json', /options\.json: unknown field "light\.warmth"/);
    await expectMistake(
      'synth --out observable --scene fluted',
      /made with other settings \(scene is "observable", not "fluted"/,
    );
  });

  it('refuses surfaces with points that are none, in the name of their file', async () => {
    const line = '--surface odd.json --size 32';
    const write = (change: object) => writeFileSync(at('odd.json'), JSON.stringify({ ...cone, ...change }));
    write({ z: 'v > 0.5 and v < 0.55 ? log(-1) : -slope * v' });
    await expectMistake(`synth --out odd --shapes 2 ${line}`, /odd\.json: a point is not finite at slope = /);
    await expectMistake(`identify --camera fixed --draws 2 ${line}`, /odd\.json: a point is not finite/);
    // So seldom that nothing but drawing finds it.
    write({ z: 'v > 0.5 * length and slope > 0.62 and slope < 0.85 ? 1e300 : -slope * v' });
    const found = /odd\.json: a point of the surface "my-cone" is not finite at u = .*slope = 0\.[678]/;
    await expectMistake(`synth --out odd --shapes 60 --views 1 --workers 2 ${line}`, found);
    await expectMistake(`identify --draws 60 --samples 1 ${line}`, found);
    await expectMistake(
      `synth --out far --surface my-cone.json --camera 1e6 --shapes 2 --workers 1 --size 32`,
      /my-cone\.json: no pixel shows the object of shape 0 \(surface "my-cone", slope = .*bring the camera nearer/,
    );
    write({
      parameters: [],
      x: 'u',
      y: 'v',
      z: '0',
      domain: { u: [0, 1], v: [0, 1] },
      closedU: false,
      poleVMin: false,
    });
    await expectMistake(
      `identify ${line}`,
      /odd\.json: the surface "my-cone" has no parameters; expected at least one/,
    );
    write({ name: 'vase' });
    await expectMistake(`identify ${line}`, /odd\.json: the name "vase" is that of a built-in surface/);
  });

  it.skipIf(!existsSync('/proc/self'))('does not wait for a folder that cannot be made', async () => {
    await expectMistake('synth --out /proc/x', /\/proc\/x: no folder can be made there/);
    await expectMistake('train --dataset data --out /proc/x', /\/proc\/x: no folder can be made there/);
  });

  it('warns when there is nothing to validate with', async () => {
    const { code, stdout, stderr } = await run('synth --out few --shapes 1 --views 1 --size 32');
    expect(stderr).toMatch(/One object leaves nothing to validate with or test with; from --shapes 10 on/);
    expect(stdout).not.toContain('Next:');
    expect(code).toBe(0);
  });

  it('--options: a file as in synthesis.json, flags before it', async () => {
    writeFileSync(at('options.json'), '{"effects": {"noise": [3, 3], "blur": [1, 1]}, "background": [10, 20]}');
    const line = 'synth --out opted --shapes 1 --views 1 --size 32 --split 1,0,0 --workers 1 --options options.json';
    expect((await run(`${line} --noise 5 --light-tilt 30`)).code).toBe(0);
    const angle = Math.PI / 6;
    expect(json('opted', 'synthesis.json').scene.changes).toEqual({
      background: [10, 20],
      light: { tilt: [angle, angle], azimuth: [0, 2 * Math.PI] },
      effects: { blur: [1, 1], noise: [5, 5] },
    });
  });
});
