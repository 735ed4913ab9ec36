import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { predictFixture } from './predict-fixture.js';

// What predict takes, and what its numbers are worth.
const { at, bytes, expectMistake, folder, folderOf, images, json, label, run, visible } = predictFixture('predict');
const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));

describe('predict takes', () => {
  it('labels with a byte-order mark; of other JSON beside an image it says that it is none', async () => {
    const text = readFileSync(label(), 'utf8');
    folderOf('labels', {
      'a.jpg': 0,
      'a.json': `\uFEFF${text}`,
      'b.jpg': 1,
      'b.json': '{"version":"5.4.1","shapes":[]}',
    });
    const { code, stderr } = await run('predict --no-refine R labels/a.jpg labels/b.jpg --out labelled');
    expect(code).toBe(0);
    expect(stderr).toContain(`labels/b.json is not used as the image's label: the label's "radius" is missing.`);
    expect(stderr).not.toContain('a.json');
    expect(json('labelled', 'a.json')).toMatchObject({
      camera_from: 'label',
      real: { radius: JSON.parse(text).radius },
    });
    expect(json('labelled', 'b.json')).toMatchObject({ camera_from: 'default' });
    expect((await run('predict --no-refine R labels/b.jpg --out bom --camera labels/a.json')).code).toBe(0);
    await expectMistake(
      'predict --no-refine R labels/b.jpg --out wrong --camera labels/b.json',
      /labels.b\.json: the label's "radius"/,
    );
  });

  // On one backend: which is the fastest may change from one measurement to the next where several are installed.
  it.skipIf(process.platform === 'win32')('an image from a pipe, once', async () => {
    const input = readFileSync(images[0]!);
    const piped = (line: string, bytes: Buffer = input) =>
      spawnSync(process.execPath, [program, ...line.split(' ')], { cwd: folder, input: bytes, encoding: 'utf8' });
    for (const word of ['-', '/dev/stdin']) {
      const { status, stderr } = piped(`predict --no-refine --backend wasm R ${word} --out pipe`);
      expect(status, stderr).toBe(0);
    }
    expect(visible('pipe')).toEqual(['stdin.glb', 'stdin.json', 'stdin.png']);
    expect(json('pipe', 'stdin.json').image).toBe('/dev/stdin');
    const direct = await run(`predict --no-refine --backend wasm R ${images[0]} --out direct --json`);
    expect(json('pipe', 'stdin.json').parameters).toEqual(JSON.parse(direct.stdout).reconstructions[0].parameters);
    const other = piped('predict --no-refine R - --out pipe', readFileSync(images[1]!));
    expect([other.status, other.stderr]).toEqual([2, expect.stringContaining('of another image of the same name')]);
    expect(piped('predict --no-refine R - - --out pipe')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('only once'),
    });
    expect(piped('predict --no-refine R - --out pipe2', Buffer.alloc(0)).stderr).toContain('-: the file is empty.');
    const script = `node ${program} predict --no-refine R <(cat ${images[0]}) --out substituted`;
    expect(spawnSync('bash', ['-c', script], { cwd: folder }).status).toBe(0);
  });

  it('folders with all that is in them, and addresses of files, but none of the network', async () => {
    folderOf('tree', { 'b.png': 0, 'one/a.PNG': 1, 'one/two/a.png': 2, 'one/notes.txt': '', '.hidden/a.png': 3 });
    writeFileSync(at('tree', 'phone.HEIC'), 'x');
    const { code, stdout, stderr } = await run('predict --no-refine R tree --out leaves --no-mesh --json');
    expect(code).toBe(0);
    const { reconstructions, passed_over: passedOver } = JSON.parse(stdout);
    expect(reconstructions.map(({ image }: { image: string }) => image)).toEqual([
      ...['../tree/b.png', '../../tree/one/a.PNG', '../../../tree/one/two/a.png'],
    ]);
    expect(visible('leaves')).toEqual([
      ...['b.json', 'b.png', 'one/a.json', 'one/a.png', 'one/two/a.json', 'one/two/a.png', 'predictions.csv'],
    ]);
    expect(passedOver).toEqual([join('tree', 'phone.HEIC')]);
    expect(stderr).toContain('Passed over, as such formats cannot be read: tree/phone.HEIC');
    const address = pathToFileURL(at('tree', 'b.png')).href;
    expect(
      (await run(`predict --no-refine ${pathToFileURL(at('R')).href} ${address} tree/b.png --out addressed --json`))
        .code,
    ).toBe(0);
    expect(visible('addressed')).toEqual(['b.glb', 'b.json', 'b.png', 'predictions.csv']);
    await expectMistake(
      'predict --no-refine R https://x.org/a.png --out net',
      /nothing is fetched from the network; download it/,
    );
    mkdirSync(at('nothing'));
    await expectMistake('predict --no-refine R nothing --out net', /nothing holds no images; expected PNG, JPEG/);
    expect(existsSync(at('net'))).toBe(false);
  });

  it('JPEGs that viewers open with a warning, with a warning; and names what it cannot read', async () => {
    const jpeg = await sharp(images[0]!).jpeg().toBuffer();
    const end = 4 + jpeg.readUInt16BE(4);
    writeFileSync(at('odd.jpg'), Buffer.concat([jpeg.subarray(0, end), Buffer.from([1, 2]), jpeg.subarray(end)]));
    const odd = await run('predict --no-refine R odd.jpg --out odd');
    expect([odd.code, odd.stderr]).toEqual([0, expect.stringContaining('odd.jpg: its JPEG data break the rules')]);
    expect(json('odd', 'odd.json').warning).toMatch(/^its JPEG data/);
    writeFileSync(at('photo.jpg'), '\0\0\0\x18ftypheic\0\0\0\0mif1heic');
    await expectMistake(
      'predict --no-refine R photo.jpg --out heic',
      /photo\.jpg: this is a HEIC image, which cannot be read; save it/,
    );
  });

  it("a run's checkpoint, and says which run to give where it is damaged", async () => {
    expect((await run(`predict --no-refine R/best ${images[0]} --out of-best`)).code).toBe(0);
    cpSync(at('R'), at('broken'), { recursive: true });
    rmSync(at('broken', 'best', 'model.json'));
    writeFileSync(at('broken', 'best', 'config.json'), '{');
    await expectMistake(
      `predict --no-refine broken/best ${images[0]} --out of-best`,
      /is not whole; give the run broken/,
    );
    rmSync(at('broken', 'best'), { recursive: true });
    await expectMistake(
      `predict --no-refine broken/best ${images[0]} --out of-best`,
      /is not there; give the run broken/,
    );
  });
});

describe('predict says what its numbers are worth', () => {
  it('marks what such images do not show in text, JSON and table, and calls the rest unchecked', async () => {
    const { stdout } = await run(`predict --no-refine R ${images[0]} ${images[1]} --out worth --no-mesh`);
    const [line] = stdout.split('\n');
    expect(line).toMatch(/: radius -?\d\.\d{3}.*wave_freq .*; not visible: twist_amp, twist_freq$/);
    expect(line).not.toMatch(/twist_amp -?\d/);
    expect(stdout).toContain('twist_amp and twist_freq leave no trace');
    expect(stdout).toContain('have one common factor that leaves no trace');
    expect(stdout).toContain('No other number is checked');
    const name = images[0]!.split('/').at(-1)!.replace('.png', '.json');
    expect(json('worth', name)).toMatchObject({
      invisible: ['twist_amp', 'twist_freq'],
      unchecked: ['radius', 'height', 'wave_amp', 'wave_freq'],
    });
    expect(json('worth', name)).not.toHaveProperty('mesh');
    const [header, first] = bytes('worth', 'predictions.csv').toString().split('\n');
    expect(header).toBe(
      'image,result,radius,height,twist_amp,twist_freq,wave_amp,wave_freq,outside_range,invisible,unchecked,warning',
    );
    expect(first).toContain(',twist_amp twist_freq,radius height wave_amp wave_freq,');
    expect(visible('worth').filter((file) => file.endsWith('.glb'))).toEqual([]);
  });

  it('meshes are as fine as they are asked to be', async () => {
    const { code } = await run(`predict --no-refine R ${images[0]} --out fine --mesh-steps 7 --format obj`);
    expect(code).toBe(0);
    const mesh = readdirSync(at('fine')).find((name) => name.endsWith('.obj'))!;
    expect(bytes('fine', mesh).toString().match(/^v /gm)).toHaveLength(8 * 8);
    await expectMistake(
      `predict --no-refine R ${images[0]} --out fine --no-mesh --mesh-steps 7`,
      /--mesh-steps says how meshes/,
    );
  });
});

it('gives the very numbers that evaluate scores, also outside their ranges, and names those', async () => {
  await run('evaluate R --dataset D --split train --no-distances --out scored');
  const [header, ...rows] = bytes('scored', 'predictions.csv')
    .toString()
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  const { code, stdout } = await run('predict --no-refine R D/train/images --out compared --no-mesh --json');
  expect(code).toBe(0);
  const { reconstructions } = JSON.parse(stdout);
  expect(reconstructions).toHaveLength(16);
  let outside = 0;
  for (const { image, parameters, drawn_parameters, outside_range } of reconstructions) {
    const row = rows.find(([name]) => image.endsWith(`/${name}`))!;
    for (const [name, value] of Object.entries<number>(parameters)) {
      expect(value).toBeCloseTo(Number(row[header!.indexOf(`${name}_predicted`)]), 4);
      expect(outside_range.includes(name)).toBe(value !== drawn_parameters[name]);
      if (outside_range.includes(name)) outside++;
    }
  }
  // Of so small a training the height lies below its range.
  expect(outside).toBeGreaterThan(0);
});

it('takes many images in batches and several threads, in their order, with the numbers of each alone', async () => {
  const files = Object.fromEntries(Array.from({ length: 36 }, (_, i) => [`${String(i).padStart(2, '0')}.png`, i % 16]));
  folderOf('many', { ...files, '05.png': 'broken' });
  const { code, stdout } = await run(
    'predict --no-refine R many --out many-out --mesh-steps 5 --rendering-size 48 --json',
  );
  expect(code).toBe(2);
  const { reconstructions, failed } = JSON.parse(stdout);
  const names = Object.keys(files).filter((name) => name !== '05.png');
  expect(reconstructions.map(({ image }: { image: string }) => image)).toEqual(names.map((name) => `../many/${name}`));
  expect(failed).toEqual([{ image: join('many', '05.png'), message: expect.stringContaining('not an image') }]);
  expect(visible('many-out')).toHaveLength(3 * 35 + 1);
  const few = ['00', '20', '35'];
  const words = few.map((name) => `many/${name}.png`).join(' ');
  expect((await run(`predict --no-refine R ${words} --out few-out --mesh-steps 5 --rendering-size 48`)).code).toBe(0);
  for (const name of few) {
    const [a, b] = ['many-out', 'few-out'].map((out) => json(out, `${name}.json`));
    // How many images go through the network at once changes the sixth digit.
    for (const [key, value] of Object.entries<number>(a.normalized)) expect(b.normalized[key]).toBeCloseTo(value, 4);
    expect({ ...a, ...numbersOf(b) }).toEqual(b);
    const pixels = await Promise.all(
      ['many-out', 'few-out'].map((out) =>
        sharp(at(out, `${name}.png`))
          .raw()
          .toBuffer(),
      ),
    );
    const difference = pixels[0]!.reduce((sum, value, i) => sum + Math.abs(value - pixels[1]![i]!), 0);
    expect(difference / pixels[0]!.length).toBeLessThan(0.5);
    expect(bytes('many-out', `${name}.glb`).length).toBe(bytes('few-out', `${name}.glb`).length);
  }
});

/** What may differ in the last digits. */
function numbersOf({ parameters, drawn_parameters, normalized, network, base_color }: Record<string, unknown>) {
  return { parameters, drawn_parameters, normalized, network, base_color };
}
