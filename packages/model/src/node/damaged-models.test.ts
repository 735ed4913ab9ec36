import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { size, train, useFolder } from '../../test/saved-models.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { CheckpointError, type CheckpointErrorCode } from '../checkpoint/checkpoint-error.js';
import { manifestChecksum, summarize } from '../checkpoint/checksums.js';
import { fromArtifacts } from '../checkpoint/from-artifacts.js';
import { toArtifacts } from '../checkpoint/to-artifacts.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { AdamW } from '../optimization/adamw.js';
import { loadReconstructor } from './load-reconstructor.js';
import { saveReconstructor } from './save-reconstructor.js';

const at = useFolder();

describe('loadReconstructor', () => {
  it('refuses weights that are not finite, naming the tensor, even where the checksum is right', async () => {
    const { manifest, model, weights } = await toArtifacts(
      createReconstructor({ targets: spiralTargets, imageSize: size }),
    );
    const last = model.weightsManifest.flatMap((group) => group.weights).at(-1)!;
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const damaged = weights.slice();
      new DataView(damaged.buffer).setFloat32(damaged.length - 4, bad, true);
      const files = { ...manifest.files, 'weights.bin': await summarize(damaged) };
      const changed = { ...manifest, files };
      const whole = { ...changed, checksum: await manifestChecksum(changed) };
      const failure = await fromArtifacts({ manifest: whole, model, weights: damaged }).catch((error) => error);
      expect(failure).toBeInstanceOf(CheckpointError);
      expect(failure.message).toContain(
        `weights.bin cannot be used: "${last.name}" holds ${bad}; expected finite numbers`,
      );
    }
  });

  it('refuses a changed configuration or network', async () => {
    const directory = at('changed');
    await saveReconstructor(createReconstructor({ targets: spiralTargets, imageSize: size }), directory);
    const change = async (name: string, from: RegExp, to: string) => {
      const path = join(directory, name);
      const text = await readFile(path, 'utf8');
      expect(text).toMatch(from);
      await writeFile(path, text.replace(from, to));
      const failure = await loadReconstructor(directory).catch((error) => error);
      await writeFile(path, text);
      expect(failure).toBeInstanceOf(CheckpointError);
      return failure.message;
    };
    expect(await change('config.json', /"max": 1.5/, '"max": 2.5')).toMatch(
      /config\.json is damaged or changed; expected SHA-256/,
    );
    expect(await change('model.json', /"activation":"relu"/, '"activation":"sigmoid"')).toMatch(
      /model\.json is (damaged|truncated)/,
    );
    await loadReconstructor(directory);
  });

  describe('refuses', () => {
    const damage = {
      'a missing file': [(dir: string) => rm(join(dir, 'weights.bin')), 'weights.bin is missing or cannot be read'],
      'a missing optimizer': [(dir: string) => rm(join(dir, 'optimizer.bin')), 'optimizer.bin is missing'],
      'truncated weights': [
        (dir: string) => truncate(join(dir, 'weights.bin'), 1000),
        /weights\.bin is truncated.*got 1000/,
      ],
      'a truncated config': [
        (dir: string) => truncate(join(dir, 'config.json'), 100),
        'config.json is damaged or truncated',
      ],
      'a truncated model': [
        (dir: string) => truncate(join(dir, 'model.json'), 100),
        'model.json is damaged or truncated',
      ],
      'a model.json of something else': [
        (dir: string) => writeFile(join(dir, 'model.json'), '{"a":1}'),
        'model.json is no network of TensorFlow.js; expected the network as the object modelTopology, got nothing',
      ],
      'a flipped bit': [
        async (dir: string) => {
          const weights = await readFile(join(dir, 'weights.bin'));
          weights[12345] ^= 4;
          await writeFile(join(dir, 'weights.bin'), weights);
        },
        /weights\.bin is damaged or changed; expected SHA-256 [0-9a-f]{16}, got [0-9a-f]{16}; put a sound copy of the model in its place$/,
      ],
      'a model.json without weights': [
        async (dir: string) => {
          const { modelTopology } = JSON.parse(await readFile(join(dir, 'model.json'), 'utf8'));
          await writeFile(join(dir, 'model.json'), JSON.stringify({ modelTopology, weightsManifest: null }));
        },
        'model.json is no network of TensorFlow.js; expected its weights as the list weightsManifest, got null',
      ],
      'a model.json of nothing': [
        (dir: string) => writeFile(join(dir, 'model.json'), 'null'),
        'model.json is no file of a model; expected an object, got null',
      ],
      'a config.json of nothing': [
        (dir: string) => writeFile(join(dir, 'config.json'), 'null'),
        'config.json is no file of a model; expected an object, got null',
      ],
      'a config.json of something else': [
        (dir: string) => writeFile(join(dir, 'config.json'), '{}'),
        'expected the format "kanrecon-reconstructor", got nothing',
      ],
      'a newer format': [
        async (dir: string) => edit(dir, (config) => Object.assign(config, { version: 5 })),
        'of another version of the format; expected 1 to 4, got 5; a newer version of this program wrote it: update yours',
      ],
      'another kind of config': [
        async (dir: string) => edit(dir, (config) => Object.assign(config, { format: 'x' })),
        'config.json is not a model\'s; expected the format "kanrecon-reconstructor", got "x"',
      ],
      'no version': [
        async (dir: string) => edit(dir, (config) => void delete config['version']),
        'expected 1 to 4, got nothing; put a sound copy',
      ],
      'no network in config.json': [
        async (dir: string) => edit(dir, (config) => void delete config['config']),
        'config.json is wrong: config is missing;',
      ],
      'a wrong field': [
        async (dir: string) => edit(dir, ({ config }) => Object.assign(config, { imageSize: -3 })),
        'imageSize is wrong; expected a whole number of pixels from 32 to 1024, got -3; put a sound copy of the model in its place',
      ],
      'a config of another model': [
        async (dir: string) => edit(dir, ({ config }) => Object.assign(config, { imageSize: 64 })),
        'batch_input_shape of the layer "squeezeNet11.input" is wrong; expected [null,64,64,3], got [null,32,32,3]',
      ],
      'a missing folder': [
        (dir: string) => rm(dir, { recursive: true }),
        'no such folder; expected one with config.json',
      ],
    } as const;

    const codes: Partial<Record<keyof typeof damage, CheckpointErrorCode>> = {
      'a missing file': 'missing',
      'a missing optimizer': 'missing',
      'a missing folder': 'missing',
      'a model.json of nothing': 'not-a-model',
      'a config.json of nothing': 'not-a-model',
      'a config.json of something else': 'not-a-model',
      'another kind of config': 'not-a-model',
      'a newer format': 'other-version',
      'no version': 'other-version',
    };

    it.each(Object.entries(damage))('%s, in one sentence with the path', async (name, [harm, message]) => {
      const directory = at('harmed');
      const before = tf.memory().numTensors;
      const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size, trainBackbone: false });
      const optimizer = new AdamW();
      await train(reconstructor, optimizer, 0, 1);
      await saveReconstructor(reconstructor, directory, { optimizer });
      reconstructor.dispose();
      optimizer.dispose();
      await harm(directory);
      const error = await loadReconstructor(directory).catch((reason: Error) => reason);
      expect(error).toBeInstanceOf(CheckpointError);
      expect((error as CheckpointError).code).toBe(codes[name as keyof typeof damage] ?? 'damaged');
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message).toContain(directory);
      expect((error as Error).message).not.toMatch(/\n|undefined|\.$|\.;|@/);
      expect(tf.memory().numTensors).toBe(before);
    });

    async function edit(dir: string, change: (config: Record<string, object>) => void): Promise<void> {
      const path = join(dir, 'config.json');
      const config = JSON.parse(await readFile(path, 'utf8'));
      change(config);
      // Whoever edits it knowingly.
      config.checksum = await manifestChecksum(config);
      await writeFile(path, JSON.stringify(config));
    }
  });
});
