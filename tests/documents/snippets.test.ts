import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { documents, root } from './documents.js';
import { makeScratch, type Scratch } from './scratch.js';
import { type Snippet, snippetsOf } from './snippets.js';

/** Snippets that do not run here, by their document and words in them, and why. */
const notRun: { document: string; contains: string; because: string }[] = [
  {
    document: 'packages/kan-layers/README.md',
    contains: '',
    because: 'packages/kan-layers/test/readme.test.ts runs all of them as one program and compares what they print',
  },
  {
    document: 'packages/dataset-import/README.md',
    contains: 'downloadDataset',
    because: 'it fetches the published data set; download-dataset.test.ts does so from a server of its own',
  },
  {
    document: 'packages/backbones/README.md',
    contains: 'createPretrained',
    because: 'it fetches the published weights; create-pretrained.test.ts does so from a server of its own',
  },
  {
    document: 'packages/pretrained/README.md',
    contains: 'cdn.jsdelivr.net',
    because: 'it fetches from the network; load-pretrained.test.ts does so from files',
  },
  {
    document: 'apps/viewer/README.md',
    contains: 'WorkerClient',
    because: 'it is of a page; the tests of apps/viewer drive one that does the same',
  },
  {
    document: 'apps/trainer/README.md',
    contains: 'loadLayersModel',
    because: 'it is of a page; packages/onnx/test/browser.test.ts does so',
  },
  { document: 'docs/backends.md', contains: "from 'webgpu'", because: 'it needs a graphics card' },
  {
    document: 'packages/tfjs-wasm-training/README.md',
    contains: '// replica.mjs',
    because: 'train.mjs below starts it',
  },
];

/** Snippets that are run by CI alone. */
const onlyInCi: { document: string; contains: string; because: string }[] = [
  { document: 'packages/blender/README.md', contains: '', because: 'Blender renders, half a minute' },
  { document: 'packages/training/README.md', contains: '', because: 'three trainings, ten seconds on a quiet machine' },
  { document: 'docs/backends.md', contains: '@tensorflow/tfjs-node', because: 'it needs the native backend' },
];

const snippets = documents().flatMap(snippetsOf);
const listed = (list: typeof notRun, { document, code }: Snippet) =>
  list.some((entry) => entry.document === document && code.includes(entry.contains));

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let scratch: Scratch;
beforeAll(() => {
  scratch = makeScratch();
});
afterAll(() => scratch.remove());

describe("documents' JavaScript runs as printed", () => {
  // A module that another snippet loads is written under the name in its first line.
  const fileOf = ({ code, line }: Snippet) => /^\/\/ ([\w-]+\.mjs)/.exec(code)?.[1] ?? `line-${line}.mjs`;
  const write = (snippet: Snippet) =>
    writeFileSync(join(scratch.folderOf(snippet.document), fileOf(snippet)), snippet.code);
  beforeAll(() => {
    for (const snippet of snippets) if (/^\/\/ [\w-]+\.mjs/.test(snippet.code)) write(snippet);
  });

  const wanted = snippets
    .filter((snippet) => !listed(notRun, snippet))
    .filter((snippet) => process.env['CI'] || !listed(onlyInCi, snippet));
  it.each(wanted.map((snippet) => [snippet.place, snippet] as const))('%s', (_, snippet) => {
    write(snippet);
    const { status, output } = scratch.node([fileOf(snippet)], scratch.folderOf(snippet.document));
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  });

  it.each([...notRun, ...onlyInCi])(
    'the list of exceptions is of snippets that are there: $document $contains',
    (entry) => {
      expect(snippets.filter((snippet) => listed([entry], snippet)).length).toBeGreaterThan(0);
    },
  );
});

describe("the files of the README's snippets", () => {
  const readme = documents().find(({ path }) => path === 'README.md')!;
  const own = snippetsOf(readme);
  const files = [...readme.text.matchAll(/\(\[([\w-]+\.mjs)\]\(examples\/readme\/([\w-]+\.mjs)\)\):\n\n```/g)];

  it('each has one, and there are no others', () => {
    expect(files.map(([, shown]) => shown)).toEqual(files.map(([, , linked]) => linked));
    expect(files.length).toBe(own.length);
    const there = readdirSync(join(root, 'examples', 'readme')).filter((name) => name.endsWith('.mjs'));
    expect(there.sort()).toEqual(files.map(([, name]) => name).sort());
  });

  it.each(files.map(([, name], i) => [name!, own[i]!] as const))('%s says the same as the README', (name, { code }) => {
    expect(readFileSync(join(root, 'examples', 'readme', name), 'utf8')).toBe(code);
  });

  // As a reader would: what they import is found from where they lie. (The README's text has run above.)
  it.each(['kan-layer.mjs', 'mesh-and-distance.mjs', 'reconstruct-image.mjs'])(
    'examples/readme/%s runs where it lies',
    (name) => {
      const folder = scratch.folderOf('README.md');
      const { status, output } = scratch.node([join(root, 'examples', 'readme', name)], folder);
      expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    },
  );

  it('import nothing that examples do not name', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'examples', 'package.json'), 'utf8'));
    for (const { code } of own) {
      for (const [, name] of code.matchAll(/(?:from|import) '((?:@[\w-]+\/)?[\w-]+)/g)) {
        expect(Object.keys(dependencies)).toContain(name);
        expect(existsSync(join(root, 'examples', 'node_modules', name!))).toBe(true);
      }
    }
  });
});
