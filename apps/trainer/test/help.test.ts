import { describe, expect, it } from 'vitest';
import { programFixture } from './program-fixture.js';

// What every command has.
const { run } = programFixture('help');

describe('help', () => {
  it.each(['demo', 'synth', 'train', 'evaluate', 'identify', 'predict', 'models', 'export', 'backends'])(
    'of %s has an example',
    async (command) => {
      const { code, stdout } = await run(`${command} --help`);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples:\\n  \\$ kanrecon ${command}`));
      expect(stdout).toMatch(new RegExp(`^Usage: kanrecon ${command}.* \\[options\\]\\n`));
      expect(stdout).toContain('--json');
    },
  );
});

it('of dataset lists its commands alone', async () => {
  const { code, stdout } = await run('dataset --help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/import \[options\] <source>[\s\S]*download \[options\][\s\S]*check \[options\] <dir>/);
  expect(stdout).not.toContain('kanrecon train');
});

it('models lists the shipped networks and those of the study, as JSON by name', async () => {
  const { code, stdout } = await run('models');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^SQUEEZENET_NODROP_FOURIER_6 +squeezeNet11 +fourierKAN +none +722,496 +15,888 +738,384$/m);
  const models = JSON.parse((await run('models --json')).stdout);
  const shipped = Object.keys(models).filter((name) => models[name].shipped);
  expect(shipped).toContain('study');
  expect(stdout).toMatch(/^study +study +64 × 64 +0\.\d{3} \(0\.\d{3} to 0\.\d{3}\) +0\.795 /m);
  expect(Object.keys(models)).toHaveLength(17 + shipped.length);
  expect(models['EFFNETB0_LOCK_NODROP_FSTK_16'].parameters).toEqual({ backbone: 0, head: 185_206, trainable: 185_206 });
});

describe('--json', () => {
  it('prints a mistake as JSON on stdout too', async () => {
    const { code, stdout, stderr } = await run('evaluate nowhere --dataset data --json');
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout);
    expect(error).toEqual({
      message: expect.stringContaining('there is no run folder nowhere'),
      exit_code: 2,
      code: 'no-run',
    });
    expect(stderr).toContain(error.message);
    const wrongFlag = await run('synth --out x --sizes 3 --json');
    expect(JSON.parse(wrongFlag.stdout).error.message).toMatch(/Did you mean --size\?/);
    expect(wrongFlag.code).toBe(2);
  });
});
