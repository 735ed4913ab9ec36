import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../tests/browser/find-chromium.mjs';
import { contenderArguments } from './contender-arguments.mjs';
import { errorReason } from './error-reason.mjs';

/**
 * All contenders of kan.bench.mjs: `key`, `who` they are, `run(layer, widths, batch)`, the command that measures, whether they are
 * a `rival`, and, where they may be missing on a machine, `missing()`: a sentence that says so, or undefined.
 *
 * @param rounds most rounds of a measurement
 * @param softwareGpu whether webgl and webgpu may run on a graphics card in software
 * @param timeout milliseconds for finding out whether a browser has a card
 */
export function kanContenders({ rounds, softwareGpu, timeout }) {
  const python = ['/usr/bin/python3', 'python3'].find(
    (command) => spawnSync(command, ['-c', 'import torch']).status === 0,
  );
  const tfjs = (backend, ...more) => javaScript('measure-tfjs.mjs', backend, more);
  const browser = (backend) => {
    const run = javaScript('measure-browser.mjs', backend, softwareGpu ? ['--software-gpu'] : []);
    const missing = () => browserIsMissing(backend, run);
    return { key: backend, who: `tfjs ${backend}, Chromium`, run, missing };
  };
  return [
    { key: 'wasm-training', who: 'tfjs wasm, training kernels', run: tfjs('wasm', '--training-kernels') },
    {
      key: 'torch',
      who: 'PyTorch reference',
      run: (layer, widths, batch) => [
        python,
        [script('kan-torch.py'), layer, widths.join(), batch, rounds].map(String),
      ],
      rival: true,
      missing: () => (python ? undefined : 'PyTorch is skipped: no python3 with torch here.'),
    },
    { key: 'plain', who: 'plain port, tfjs wasm', run: tfjs('wasm', '--plain'), rival: true },
    {
      key: 'plain-training',
      who: 'plain port, tfjs wasm, training kernels',
      run: tfjs('wasm', '--plain', '--training-kernels'),
      rival: true,
    },
    { key: 'wasm', who: 'tfjs wasm, stock kernels', run: tfjs('wasm') },
    {
      key: 'node',
      who: 'tfjs-node',
      run: tfjs('tensorflow'),
      missing: () =>
        process.env.KANRECON_TFJS_NODE
          ? undefined
          : 'tfjs-node is skipped: KANRECON_TFJS_NODE does not name a folder that has it.',
    },
    { key: 'cpu', who: 'tfjs cpu', run: tfjs('cpu') },
    browser('webgl'),
    browser('webgpu'),
  ];

  function javaScript(name, backend, more) {
    return (layer, widths, batch) => {
      const what = contenderArguments({ backend, layer, widths, batch, rounds });
      return [process.execPath, [script(name), ...what, ...more]];
    };
  }

  function browserIsMissing(backend, run) {
    if (!findChromium()) {
      return `${backend} is skipped: install Chromium (apt-get install chromium) or set CHROMIUM_PATH to it.`;
    }
    if (softwareGpu) return undefined;
    const [command, args] = run('dense', [4, 1], 2);
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout });
    const found = status === 0 ? JSON.parse(stdout).gpu : errorReason(stderr);
    if (status === 0 && !/swiftshader|llvmpipe/i.test(found)) return undefined;
    return `${backend} is skipped, Chromium finds no graphics card for it (${found}); see --software-gpu.`;
  }
}

function script(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}
