import { cpSync, readdirSync } from 'node:fs';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';

// What predict refines: from a network that has hardly been trained, so that refinement has to do the work.
const { at, bytes, expectMistake, json, run } = programFixture('refine');

type Estimates = Record<string, { mean: number; interval90: [number, number]; told: boolean }>;
let label: Record<string, number>;

beforeAll(async () => {
  expect((await run('synth --out D --shapes 10 --views 1 --size 64 --workers 1')).code).toBe(0);
  expect((await run('train --dataset D --out R --backbone small --image-size 32 --epochs 1')).code).toBe(0);
  const [image] = readdirSync(at('D', 'test', 'images'));
  cpSync(at('D', 'test', 'images', image!), at('photos', 'object.png'));
  cpSync(at('D', 'test', 'labels', `param_${image!.replace('.png', '.json')}`), at('label.json'));
  label = json('label.json');
  // Something else: a checkerboard.
  const squares = Uint8Array.from({ length: 64 * 64 }, (_, i) => 255 * (((i >> 4) ^ (i >> 10)) & 1));
  await sharp(squares, { raw: { width: 64, height: 64, channels: 1 } }).toFile(at('photos', 'squares.png'));
});

it('finds object and camera, with intervals and a picture of how well it fits; of something else it says so', async () => {
  const { code, stdout, stderr } = await run('predict R photos --out found --no-mesh --refine-budget 1200');
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('[error]')]);
  const { refined, samples, camera_from: from, ...rest } = json('found', 'object.json');
  expect(refined).toMatchObject({ found: true, verdict: { kind: 'found' } });
  expect(from).toBe('refined');
  expect(rest).toMatchObject({ drawn_parameters: { radius: expect.closeTo(refined.parameters.radius, 3) } });
  expect(rest.network.parameters).toEqual(rest.parameters);
  // Size and twists leave no trace, what shows is exact.
  const ratio = refined.combinations['height/radius'];
  expect(ratio.mean / (label['height']! / label['radius']!)).toBeCloseTo(1, 1);
  expect(ratio.interval90[1] / ratio.interval90[0]).toBeLessThan(1.2);
  expect(refined.estimates.twist_amp.told).toBe(false);
  expect(refined.camera_angles.x_angle).toBeGreaterThan(0);
  expect(Object.keys(samples)).toEqual(Object.keys(rest.parameters));
  expect(samples.radius).toHaveLength(100);
  const overlay = await sharp(at('found', rest.overlay)).metadata();
  expect([rest.overlay, overlay.width, overlay.height]).toEqual(['object-overlay.png', 256, 256]);

  expect(json('found', 'squares.json').refined).toMatchObject({ found: false, started_from: expect.any(String) });
  const [object, squares] = ['object', 'squares'].map((name) => stdout.indexOf(`photos/${name}.png: `));
  const [first, second] = [stdout.slice(object, squares), stdout.slice(squares).split('\n\n')[0]!];
  expect(first).toMatch(/^twist_amp +cannot be told from this image$/m);
  expect(first).toMatch(/^height\/radius +\d\.\d{3} +\d\.\d{3} to \d\.\d{3}$/m);
  expect(second).not.toMatch(/ to \d/);
  expect(stdout).toContain('Of what does not look like such an object there are files');

  const [header, ...rows] = bytes('found', 'predictions.csv')
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const cell = (row: number, name: string) => rows[row]![header!.indexOf(name)];
  expect([cell(0, 'found'), cell(1, 'found'), cell(0, 'verdict')]).toEqual(['true', 'false', 'found']);
  expect(Number(cell(0, 'radius_refined'))).toBe(refined.estimates.radius.mean);
  expect(Number(cell(0, 'radius_refined_90_low'))).toBe(refined.estimates.radius.interval90[0]);
  expect(Number(cell(0, 'height/radius_refined_50_high'))).toBe(ratio.interval50[1]);
});

it('is told what is known: a size fixes the others, and a label the camera', async () => {
  const height = label['height']!;
  const flags = `--known height=${height} --known wave_amp=.05..1 --camera label.json --refine-budget 600 --json`;
  const { code, stdout } = await run(`predict R photos/object.png --out known --no-mesh ${flags}`);
  expect(code).toBe(0);
  const [{ refined, camera_angles: camera }] = JSON.parse(stdout).reconstructions;
  expect(refined.found).toBe(true);
  const { height: known, radius } = refined.estimates as Estimates;
  expect(known!.interval90).toEqual([expect.closeTo(height, 3), expect.closeTo(height, 3)]);
  expect(radius!.mean / label['radius']!).toBeCloseTo(1, 1);
  expect(radius!.interval90[1] - radius!.interval90[0]).toBeLessThan(0.1);
  const { x_angle, y_angle } = json('label.json').camera_angles ?? label;
  const alike = (a: number, b: number) => Math.cos(((a - b) * Math.PI) / 180);
  expect(alike(camera.x_angle, x_angle)).toBeCloseTo(1, 6);
  expect(alike(camera.y_angle, y_angle)).toBeCloseTo(1, 6);
});

it('says in a sentence what cannot be known, before anything is refined', async () => {
  const line = (flags: string) => `predict R photos/object.png --out no ${flags}`;
  await expectMistake(line('--known heigth=2'), /--known heigth is no parameter .*; did you mean "height"\?/);
  await expectMistake(line('--known height=9'), /--known height=9 is outside .* height from 1 to 3\./);
  await expectMistake(line('--known height'), /--known takes a name and a number .* got "height"/);
  await expectMistake(line('--known camera_x=50 --camera label.json'), /says what --camera says already/);
  await expectMistake(
    line('--known camera_distance=5,height=2'),
    /--known camera_distance says nothing; expected a scene/,
  );
  await expectMistake(line('--known height=2 --no-refine'), /--known says how objects are refined, --no-refine/);
});

it('leaves an image that is too small for it at the numbers of the network, and says so', async () => {
  await sharp(at('photos', 'object.png')).resize(20, 20).toFile(at('tiny.png'));
  const { code, stderr } = await run('predict R tiny.png --out tiny --no-mesh');
  expect(code).toBe(0);
  expect(stderr).toMatch(/tiny\.png: it is too small to be refined \(20 × 20 pixels, 32 are needed\)/);
  expect(json('tiny', 'tiny.json')).not.toHaveProperty('refined');
  expect(readdirSync(at('tiny')).filter((name) => name.endsWith('.png'))).toEqual(['tiny.png']);
});
