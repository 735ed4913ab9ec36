import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, expect } from 'vitest';
import { CheckpointError } from '../src/checkpoint/checkpoint-error.js';
import { manifestChecksum, summarize } from '../src/checkpoint/checksums.js';
import { fromArtifacts } from '../src/checkpoint/from-artifacts.js';
import type { ReconstructorArtifacts } from '../src/checkpoint/reconstructor-artifacts.js';
import { toArtifacts } from '../src/checkpoint/to-artifacts.js';
import { createReconstructor } from '../src/network/create-reconstructor.js';
import type { Reconstructor } from '../src/network/reconstructor.js';
import { spiralTargets } from './spiral-targets.js';
import { useWasmTraining } from './use-wasm-training.js';

/** What tests change, deep down. */
export interface OpenLayer {
  name: string;
  class_name: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says
  config: any;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says
  inbound_nodes: any;
}

/** A stored network, open to any change. */
export interface Opened {
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says
  manifest: any;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says
  model: any;
  weights: Uint8Array;
  layers: OpenLayer[];
  layer(name: string): OpenLayer;
}

export type Change = (opened: Opened) => void;

export const smallNetwork = () =>
  createReconstructor({
    targets: spiralTargets,
    backbone: 'smallCnn',
    imageSize: 32,
    head: { type: 'efficientKAN', widths: [4], dropout: 0.1 },
  });

/**
 * Networks that somebody has made up, with checksums that fit, from a sound one that is made before all tests. Checks after each test
 * that nothing was left in memory.
 */
export function networksFrom(make: () => Reconstructor = smallNetwork) {
  let sound: ReconstructorArtifacts;
  let tensors = 0;
  beforeAll(async () => {
    await useWasmTraining();
    const made = make();
    sound = await toArtifacts(made);
    made.dispose();
    tensors = tf.memory().numTensors;
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(tensors));

  async function changed(change: Change): Promise<ReconstructorArtifacts> {
    const { manifest, model, weights } = structuredClone(sound);
    const { layers } = (model.modelTopology as { config: { layers: OpenLayer[] } }).config;
    const opened: Opened = {
      ...{ manifest, model, weights, layers },
      layer: (name) => layers.find((each) => each.name === name)!,
    };
    change(opened);
    opened.manifest.files = {
      'model.json': await summarize(JSON.stringify(opened.model)),
      'weights.bin': await summarize(opened.weights),
    };
    opened.manifest.checksum = await manifestChecksum(opened.manifest);
    return opened;
  }

  /** Expects a refusal in one sentence. */
  async function expectRefusal(change: Change, message: RegExp | string): Promise<void> {
    const error: unknown = await fromArtifacts(await changed(change)).catch((reason) => reason);
    expect(error).toBeInstanceOf(CheckpointError);
    const text = (error as Error).message;
    if (typeof message === 'string') expect(text).toContain(message);
    else expect(text).toMatch(message);
    expect(text).not.toMatch(/\n|undefined|\[object|\.$/);
  }

  return { changed, expectRefusal };
}

/** Puts a layer before another one. */
export function putIn(opened: Opened, before: string, added: Omit<OpenLayer, 'inbound_nodes'>): void {
  const next = opened.layer(before);
  opened.layers.push({ ...added, inbound_nodes: next.inbound_nodes });
  next.inbound_nodes = [[[added.name, 0, 0, {}]]];
}
