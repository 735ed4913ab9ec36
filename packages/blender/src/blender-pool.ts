import { type BlenderRenderer, type OpenBlenderOptions, openBlender } from './blender-renderer.js';

/** Blenders for several lanes of work, each started when it is first needed. */
export class BlenderPool {
  private readonly all: BlenderRenderer[] = [];
  private readonly idle: BlenderRenderer[] = [];

  /** @param onStart told before the first is started */
  constructor(
    private readonly options: OpenBlenderOptions,
    private onStart?: () => void,
  ) {}

  /** A Blender that nobody else uses, until it is given back. @throws BlenderError if it does not start */
  async take(): Promise<BlenderRenderer> {
    const idle = this.idle.pop();
    if (idle) return idle;
    this.onStart?.();
    this.onStart = undefined;
    const started = await openBlender(this.options);
    this.all.push(started);
    return started;
  }

  give(blender: BlenderRenderer): void {
    this.idle.push(blender);
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    await Promise.all(this.all.map((blender) => blender.close()));
  }
}
