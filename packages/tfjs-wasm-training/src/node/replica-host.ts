import { createHash } from 'node:crypto';
import { dispose, type NamedTensorMap, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { GradientExchange } from './gradient-exchange.js';
import type { CommandBody, ReplicaReady } from './messages.js';
import type { Replica, ReplicaPlace } from './replica.js';

/** A replica at work in its thread: carries out the main thread's commands. */
export class ReplicaHost {
  private exchange: GradientExchange | undefined;

  constructor(
    private readonly replica: Replica,
    private readonly place: ReplicaPlace,
  ) {}

  /** What the main thread wants to know before training begins. */
  ready(): ReplicaReady {
    return { floats: this.floats, checksum: this.checksum() };
  }

  /** @returns the command's answer */
  carryOut(command: CommandBody): unknown {
    switch (command.kind) {
      case 'begin':
        this.exchange = new GradientExchange(command.buffer, this.place.rank, this.place.workers, this.floats);
        return undefined;
      case 'step':
        return this.step(command);
      case 'checksum':
        return this.checksum();
      case 'ask':
        if (this.replica.answer) return this.replica.answer(command.question);
        throw new Error('DataParallel.ask: the replica answers nothing; expected it to have the function answer');
    }
  }

  private get variables() {
    const { parameters, statistics = [] } = this.replica;
    return [...parameters, ...statistics];
  }

  private get floats(): number {
    return this.variables.reduce((sum, { size }) => sum + size, 0);
  }

  private checksum(): string {
    const hash = createHash('sha256');
    for (const variable of this.variables) {
      const { buffer, byteOffset, byteLength } = variable.dataSync();
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
    return hash.digest('hex');
  }

  /** @returns the mean loss over the share, 0 without one */
  private async step({ weights, share, common }: Extract<CommandBody, { kind: 'step' }>): Promise<number> {
    const { exchange, replica, place } = this;
    if (!exchange) throw new Error('ReplicaHost: a step came before the exchange was set up');
    const { parameters, statistics = [] } = replica;
    let loss = 0;
    if (weights[place.rank]! > 0) {
      const result = await replica.computeGradients(share, common);
      loss = result.loss;
      try {
        this.checkGradients(result.gradients);
        write(exchange.slot, [...result.gradients, ...statistics]);
      } finally {
        dispose(result.gradients as Tensor[]);
      }
    }
    exchange.run(weights);
    const averages = read(exchange.average, this.variables);
    try {
      const gradients: NamedTensorMap = {};
      parameters.forEach(({ name }, i) => {
        gradients[name] = averages[i]!;
      });
      replica.applyGradients(gradients, common);
      statistics.forEach((variable, i) => {
        variable.assign(averages[parameters.length + i]!);
      });
    } finally {
      dispose(averages);
    }
    return loss;
  }

  private checkGradients(gradients: readonly (Tensor | null | undefined)[]): void {
    this.replica.parameters.forEach(({ name, shape }, i) => {
      const found = gradients[i] ? `[${gradients[i].shape}]` : 'none';
      if (found === `[${shape}]`) return;
      throw new Error(
        `Replica.computeGradients: wrong gradient for "${name}"; expected one of shape [${shape}], got ${found}`,
      );
    });
  }
}

function write(target: Float32Array, tensors: readonly Tensor[]): void {
  let offset = 0;
  for (const each of tensors) {
    target.set(each.dataSync<'float32'>(), offset);
    offset += each.size;
  }
}

/** Copies: a backend may keep the array it is given, and this one changes at the next step. */
function read(source: Float32Array, like: readonly Tensor[]): Tensor[] {
  let offset = 0;
  return like.map(({ shape, size }) => {
    offset += size;
    return tensor(source.slice(offset - size, offset), shape, 'float32');
  });
}
