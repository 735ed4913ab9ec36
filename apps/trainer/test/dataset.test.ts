import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.js';

// The built program in processes of its own: from an archive, and from a server, to a checked data set.
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-dataset-program-'));
vi.setConfig({ testTimeout: 120_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (line: string) => runProgram(line.split(' '), folder);
const at = (...parts: string[]) => join(folder, ...parts);

beforeAll(async () => {
  expect((await run('synth --out made --shapes 5 --views 2 --size 48 --split .6,.2,.2 --workers 1')).code).toBe(0);
  execFileSync('tar', ['czf', at('made.tgz'), '-C', folder, 'made']);
});

it('imports an archive and checks it', async () => {
  const imported = await run('dataset import made.tgz --out new --json');
  expect(imported.code).toBe(0);
  expect(JSON.parse(imported.stdout)).toMatchObject({
    format: 'tar.gz',
    written: 21,
    kept: 0,
    counts: { train: 6, val: 2, test: 2 },
    problems: [],
  });
  const again = await run('dataset import made.tgz --out new');
  expect(again.stdout).toContain('21 were there already');
  const checked = await run('dataset check new --workers 1');
  expect(checked.stdout).toContain('Nothing is wrong with it.');
  expect(checked.stdout).toContain(
    'Bars count shapes in 10 equal parts of the range. Each parameter and split has a scale of its own',
  );
  expect(checked.stdout).toMatch(/wave_freq +1 +4 +[ ▁▂▃▄▅▆▇█]+/);
  expect(checked.code).toBe(0);
});

it('says of an import that was interrupted, or views that are missing, that the data set is not whole', async () => {
  cpSync(at('made'), at('part'), { recursive: true });
  for (const view of [0, 1]) {
    rmSync(at('part', 'train', 'images', `3DfORMULA_1_vers${view}.png`));
    rmSync(at('part', 'train', 'labels', `param_3DfORMULA_1_vers${view}.json`));
  }
  const checked = await run('dataset check part --workers 1');
  expect(checked.stdout).toContain('Found: 1 missing-sample.');
  expect(checked.stdout).toContain('4 of the 6 images that synthesis.json names are there');
  expect(checked.code).toBe(1);
  const trained = await run('train --dataset part --out run --backend cpu');
  expect(trained.stderr).toContain('4 of the 6 images that synthesis.json names are there');
  expect(trained.code).toBe(2);
  const source = join(folder, 'source');
  cpSync(at('made'), source, { recursive: true });
  expect((await run('dataset import source --out cut')).code).toBe(0);
  const state = at('cut', '.import.json');
  writeFileSync(state, readFileSync(state, 'utf8').replace('"complete": true', '"complete": false'));
  const cut = await run('train --dataset cut --out run --backend cpu');
  expect(cut.stderr).toContain('.import.json: the import of source was interrupted; run it again');
  expect(cut.code).toBe(2);
  expect((await run('dataset check cut --workers 1')).code).toBe(1);
  expect((await run('dataset import source --out cut')).code).toBe(0);
  expect((await run('dataset check cut --workers 1')).code).toBe(0);
});

it('a synthesis.json that says nothing is one sentence, whoever reads it', async () => {
  cpSync(at('made'), at('blank'), { recursive: true });
  writeFileSync(at('blank', 'synthesis.json'), '{"format":2}');
  const sentence = 'it does not say how a data set was made: "scene" is missing';
  const synth = await run('synth --out blank --shapes 5 --views 2 --size 48 --workers 1');
  expect([synth.code, synth.stderr]).toEqual([2, expect.stringContaining(sentence)]);
  const trained = await run('train --dataset blank --out run --backend cpu');
  expect([trained.code, trained.stderr]).toEqual([2, expect.stringContaining(sentence)]);
  const checked = await run('dataset check blank --workers 1');
  expect([checked.code, checked.stdout]).toEqual([1, expect.stringContaining(sentence)]);
});

it('exits with 1 when the check finds something, and lists the worst', async () => {
  cpSync(at('made'), at('swapped'), { recursive: true });
  const label = (shape: number) => at('swapped', 'train', 'labels', `param_3DfORMULA_${shape}_vers0.json`);
  const [a, b] = [0, 1].map((shape) => JSON.parse(readFileSync(label(shape), 'utf8')));
  writeFileSync(label(0), JSON.stringify({ ...b, image_file: a.image_file }));
  writeFileSync(label(1), JSON.stringify({ ...a, image_file: b.image_file }));
  const { code, stdout } = await run('dataset check swapped --workers 1 --worst 2 --json');
  expect(code).toBe(1);
  const report = JSON.parse(stdout);
  expect(report.findings.map(({ kind }: { kind: string }) => kind)).toEqual([
    'contradicted-label',
    'contradicted-label',
  ]);
  expect(report.compared).toMatchObject({ count: 10 });
  expect(report.compared.worst).toHaveLength(2);
  expect(report.compared.worst[0].iou).toBeLessThan(0.99);
});

it('a mistake or a refused archive is one sentence and exit code 2', async () => {
  const expectMistake = async (line: string, message: RegExp) => {
    const { code, stderr } = await run(line);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  };
  await expectMistake('dataset', /dataset needs one of import, download, check after it/);
  await expectMistake('dataset import made.tgz', /dataset import needs --out/);
  await expectMistake('dataset import none.rar --out x', /none\.rar: there is no such file or folder/);
  writeFileSync(at('half.tgz'), readFileSync(at('made.tgz')).subarray(0, 5000));
  await expectMistake('dataset import half.tgz --out x', /half\.tgz: the archive is truncated/);
  symlinkSync('/etc/passwd', at('made', 'README'));
  execFileSync('tar', ['cf', at('link.tar'), '-C', folder, 'made']);
  rmSync(at('made', 'README'));
  await expectMistake('dataset import link.tar --out x', /link\.tar: made\/README: it is a symbolic link/);
  await expectMistake('dataset download --out x --url http://127.0.0.1:1 --doi 10.1/2', /is no DOI of a Zenodo record/);
  await expectMistake(
    'dataset download --out x --url ftp://x',
    /--url takes an address that begins with https.* got "ftp:\/\/x"/,
  );
  const hopeless = await run('dataset download --out x --url http://127.0.0.1:1');
  expect(hopeless.stderr).not.toContain('Once more');
  expect(hopeless.code).toBe(2);
  expect(existsSync(at('x', 'train'))).toBe(false);
});

it('does not fetch a rar archive that it could not import', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const links = { self: `${base}data.rar` };
    const files = [{ key: 'data.rar', size: 5, checksum: `md5:${'0'.repeat(32)}`, links }];
    if (url === '/api/records/7') response.end(JSON.stringify({ id: 7, doi: '10.5281/zenodo.7', metadata: {}, files }));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  // As on a machine where nobody has installed it: Node.js does not find the package.
  writeFileSync(
    at('hooks.mjs'),
    `export const resolve = async (name, context, next) => {
      if (name !== 'node-unrar-js') return next(name, context);
      throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' });
    };`,
  );
  writeFileSync(
    at('register.mjs'),
    "import { register } from 'node:module'; register('./hooks.mjs', import.meta.url);",
  );
  const environment = { NODE_OPTIONS: `--import ${pathToFileURL(at('register.mjs')).href}` };
  const args = `dataset download --out none --doi 10.5281/zenodo.7 --url ${base}`.split(' ');
  const { code, stderr } = await runProgram(args, folder, undefined, environment);
  server.close();
  expect(stderr).toMatch(/data\.rar could not be imported: .*"npm install node-unrar-js".*--download-only fetches it/);
  expect(code).toBe(2);
  expect(asked).toEqual(['/api/records/7']);
});

it('downloads by DOI, verifies, imports', async () => {
  const archive = readFileSync(at('made.tgz'));
  const checksum = `md5:${createHash('md5').update(archive).digest('hex')}`;
  const server = createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const files = [{ key: 'made.tgz', size: archive.length, checksum, links: { self: `${base}/made.tgz` } }];
    if (request.url === '/api/records/5') {
      response.end(JSON.stringify({ id: 5, metadata: { title: 'Made', license: { id: 'cc0-1.0' } }, files }));
    } else if (request.url === '/made.tgz') response.end(archive);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, stdout, stderr } = await run(
    `dataset download --out got --doi 10.5281/zenodo.5 --url ${url} --remove-archive`,
  );
  expect(stderr).toContain('Made (cc0-1.0): 1 file,');
  expect(stdout).toContain('checksum is right');
  expect(stdout).toContain('got: 6 training, 2 validation and 2 test images.');
  expect(code).toBe(0);
  expect(readdirSync(at('got', '.download'))).toEqual([]);
  const missing = await run(`dataset download --out got2 --doi 10.5281/zenodo.6 --url ${url}`);
  server.close();
  expect(missing.stderr).toMatch(/knows no record of the DOI/);
  expect(missing.code).toBe(2);
});
