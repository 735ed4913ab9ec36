import { join, posix } from 'node:path';
import type { Label } from '@kanrecon/dataset';
import { type LabelViews, labelViews, mapConcurrently } from '@kanrecon/dataset/node';
import { OutputFiles, withFolder } from '@kanrecon/files/node';
import type { InputImage } from '@kanrecon/image';
import type { Reconstructor } from '@kanrecon/model';
import { checkKnown, KnownError } from '@kanrecon/reconstruction';
import type { RgbImage } from '@kanrecon/render';
import { type Scene, sceneToJson, sceneWithOwnRanges, typicalView } from '@kanrecon/scene';
import { type Calibration, storedCalibration } from '@kanrecon/training';
import { UserError } from '../cli/user-error.js';
import { measureLimits } from '../evaluation/measure-limits.js';
import type { Ui } from '../ui/ui.js';
import { findLabel } from './find-label.js';
import { type PredictionLimits, predictionLimits } from './image-limits.js';
import { type ImageOutputs, imageOutputs, inputOf } from './image-outputs.js';
import type { InputImageFile } from './input-image.js';
import { jsonText } from './json-text.js';
import { type MadeHere, madeHere } from './made-here.js';
import type { MeshFormat } from './mesh-formats.js';
import { predictImages } from './predict-images.js';
import { type PredictionPool, predictionPool } from './prediction-pool.js';
import type { DrawTask, PreparedImage } from './prediction-worker.js';
import { predictionsTable } from './predictions-table.js';
import type { ReconstructedFile } from './reconstructed-file.js';
import { type NetworkNumbers, type ReconstructionJson, reconstructionJson } from './reconstruction-json.js';
import type { RefineWish } from './refine-wish.js';
import { refuseOverwriting } from './refuse-overwriting.js';
import { sayNotes } from './say-notes.js';
import { isTooSmall, warningOf } from './too-small.js';

/** Images that go through the network at once; twice as many are in memory, at the network's size. */
const batchSize = 32;

/** What one image gave, with the pictures. */
export interface ReconstructedImage {
  json: ReconstructionJson;
  /** Decoded, in its own size. */
  image: InputImage;
  rendering: RgbImage;
}

/** What is made of images, and where. */
export interface WantedFiles {
  readonly out: string;
  /** The mesh files that are wanted, if any are. */
  readonly mesh?: { readonly format: MeshFormat; readonly steps: number };
  /** Width and height of the renderings in pixels. */
  readonly renderingSize: number;
  /** Whether to write `predictions.csv`. */
  readonly table: boolean;
  /** Whether objects are refined, and pictures of them laid over their images are written. */
  readonly refined: boolean;
}

/** What images are read with. */
export interface ReconstructImagesOptions {
  readonly reconstructor: Reconstructor;
  /** What the images show that it was trained on: renderings show the same. */
  readonly scene: Scene;
  /** Label whose camera is used instead of the image's own label. Where objects are refined it belongs into `refine.known`. */
  readonly camera?: Label;
  /** How objects are refined, where they are. */
  readonly refine?: Pick<RefineWish, 'budget' | 'known'>;
  /** Told what each image gave, in their order; nothing of it but the numbers is kept. */
  readonly onImage?: (found: ReconstructedImage) => void | Promise<void>;
}

/** What became of several images. */
export interface Reconstructions {
  /** Images as they were named. */
  done: ReconstructedFile[];
  /** Images that could not be used, and why. */
  failed: { image: string; message: string }[];
  limits: PredictionLimits | undefined;
}

/** One image on its way. */
interface Item {
  readonly file: InputImageFile;
  readonly outputs: ImageOutputs;
}

/** Work that is about to be done. */
export interface PreparedReconstructions {
  /** Does it. */
  run(options: ReconstructImagesOptions, ui: Ui, signal: AbortSignal): Promise<Reconstructions>;
  /** Ends the threads, whether they were needed or not. */
  close(): Promise<void>;
}

/**
 * Finds out whether the results of images can be written: `<name>.json`, `<name>.png` and, where it is wanted, the mesh of each, and a
 * table of all. Nothing is read or written yet; threads begin to load what draws, while a network is loaded here.
 *
 * @param pictures whether whole pictures are asked for (`onImage`), which are not worth their way through threads
 * @returns what does it. An image that cannot be used is reported, and the others go on. Memory does not grow with their number but for
 * their numbers
 * @throws FileInTheWayError, UserError if a result would replace what this program did not make of that very image
 */
export async function prepareReconstructions(
  files: readonly InputImageFile[],
  wanted: WantedFiles,
  pictures = false,
): Promise<PreparedReconstructions> {
  const { out, mesh, table, refined } = wanted;
  const names = imageOutputs(files, out, { format: mesh?.format, overlays: refined });
  const items = names.map((outputs, i) => ({ file: files[i]!, outputs }));
  const outputs = new OutputFiles();
  await refuseOverwriting(items, table ? [tablePath(out)] : [], outputs);
  const pool = predictionPool(pictures ? 1 : items.length, refined ? 'refined' : 'drawn');
  return {
    run: (options, ui, signal) =>
      withFolder(out, () => new Reconstruction({ ...wanted, ...options }, outputs, pool, ui, signal).run(items)),
    close: () => pool.close(),
  };
}

/** Where the table of all images is written. */
function tablePath(out: string): string {
  return join(out, 'predictions.csv');
}

class Reconstruction {
  private readonly result: Reconstructions;
  private readonly viewOf: LabelViews;
  private readonly isMade: MadeHere = madeHere();
  private readonly calibration: Calibration | undefined;
  private readonly drawn: Pick<DrawTask, 'scene' | 'parameters'>;
  /** How objects are refined, once it is known what images tell. */
  private wish: RefineWish | undefined;

  constructor(
    private readonly options: WantedFiles & ReconstructImagesOptions,
    private readonly outputs: OutputFiles,
    private readonly pool: PredictionPool,
    private readonly ui: Ui,
    private readonly signal: AbortSignal,
  ) {
    const { reconstructor, scene } = options;
    this.result = { done: [], failed: [], limits: predictionLimits(reconstructor.card, scene) };
    this.calibration = storedCalibration(reconstructor.card.calibration, scene.surface.parameters);
    this.viewOf = labelViews(scene);
    this.drawn = { scene: sceneToJson(sceneWithOwnRanges(scene)), parameters: scene.surface.parameters };
  }

  async run(items: readonly Item[]): Promise<Reconstructions> {
    const { out, table, refine, reconstructor, scene } = this.options;
    if (refine) {
      const { invariances, combinations } = await measureLimits(reconstructor.card, scene, this.ui, this.signal);
      // Once, and not of each image.
      await checkKnown(scene, refine.known, { invariances }).catch(knownMistake);
      this.wish = { ...refine, limits: { invariances, combinations } };
    }
    const notes: string[] = [];
    const progress = this.ui.progress({ label: 'Reconstructing', total: items.length, unit: 'images' });
    let finished = 0;
    try {
      let next = this.prepare(items.slice(0, batchSize));
      for (let from = 0; from < items.length; from += batchSize) {
        const batch = items.slice(from, from + batchSize);
        const prepared = await next;
        // Decoded while the one before is drawn.
        next = this.prepare(items.slice(from + batchSize, from + 2 * batchSize));
        next.catch(() => {});
        const numbers = await predictImages(this.options, prepared, batchSize);
        await mapConcurrently(
          batch,
          this.pool.lanes,
          async (item, i) => {
            const image = prepared[i];
            if (image) await this.rebuild(item, image, numbers[i]!, (line) => notes.push(line));
            progress.update(++finished);
          },
          this.signal,
        );
      }
    } finally {
      progress.stop();
    }
    sayNotes(notes, this.ui);
    this.sortResult(items);
    if (table && this.result.done.length > 0) {
      await this.outputs.write({ path: tablePath(out) }, predictionsTable(this.result.done));
    }
    return this.result;
  }

  /** @returns what the network needs of each image, and undefined for those that cannot be used */
  private prepare(items: readonly Item[]): Promise<(PreparedImage | undefined)[]> {
    const { imageSize, fit } = this.options.reconstructor.config;
    const whole = this.options.onImage !== undefined;
    const common = { imageSize, fit, whole, small: this.wish !== undefined };
    return mapConcurrently(
      items,
      this.pool.lanes,
      async ({ file: { shown, source } }) => {
        const found = await this.pool.prepare({ shown, source, ...common });
        if (!('problem' in found)) return found;
        this.result.failed.push({ image: shown, message: `${shown}: ${found.problem}.` });
        return undefined;
      },
      this.signal,
    );
  }

  private async rebuild(
    { file, outputs }: Item,
    image: PreparedImage,
    numbers: NetworkNumbers,
    note: (line: string) => void,
  ): Promise<void> {
    const { mesh, renderingSize, onImage, scene, camera } = this.options;
    const found =
      typeof file.source === 'string' ? await findLabel(file.source, scene.surface, this.isMade, note) : undefined;
    const refine = this.refinement(image, numbers);
    const view = camera
      ? typicalView(scene, camera.cameraAngles)
      : found && !refine
        ? await this.viewOf(found.path, found.label)
        : undefined;
    const drawn = await this.pool.draw(
      {
        ...this.drawn,
        normalized: numbers.start.normalized,
        color: image.color,
        ...(view ? { view } : numbers.camera && { cameraAngles: numbers.camera.cameraAngles }),
        ...(refine && { refine }),
        ...(mesh && { mesh: { ...mesh, name: posix.basename(outputs.name) } }),
        renderingSize,
        pixels: onImage !== undefined,
      },
      this.signal,
    );
    if ('problem' in drawn) {
      this.result.failed.push({ image: file.shown, message: `${file.shown}: ${drawn.problem}.` });
      return;
    }
    const { reconstructor } = this.options;
    const about = {
      model: reconstructor.name,
      scene,
      outputs,
      limits: this.result.limits,
      calibration: this.calibration,
      label: found?.label,
    };
    const json = reconstructionJson(drawn, numbers, {
      ...about,
      viewed: view !== undefined,
      warning: warningOf(image, this.wish !== undefined),
    });
    const of = inputOf(file, outputs);
    if (outputs.mesh && drawn.mesh) await this.outputs.write({ path: outputs.mesh, of }, drawn.mesh);
    await this.outputs.write({ path: outputs.rendering, of }, drawn.png);
    if (outputs.overlay && drawn.overlay) await this.outputs.write({ path: outputs.overlay, of }, drawn.overlay);
    // Last: whoever finds it finds the others.
    await this.outputs.write({ path: outputs.json, of }, jsonText(json));
    if (onImage) await onImage({ json, image: image.image!, rendering: drawn.rendering! });
    this.result.done.push({ path: file.shown, outputs, json });
  }

  /** What refinement begins with; nothing where there is none to be, or the image is too small for it. */
  private refinement({ small }: PreparedImage, { start }: NetworkNumbers): DrawTask['refine'] {
    if (!this.wish || !small || isTooSmall(small)) return undefined;
    return { image: small, start, wish: this.wish };
  }

  /** In the order in which they were given, whichever was ready first. */
  private sortResult(items: readonly Item[]): void {
    const order = new Map(items.map(({ file }, i) => [file.shown, i]));
    this.result.done.sort((a, b) => order.get(a.path)! - order.get(b.path)!);
    this.result.failed.sort((a, b) => order.get(a.image)! - order.get(b.image)!);
  }
}

/** Of what the user says is known. */
function knownMistake(error: unknown): never {
  if (!(error instanceof KnownError)) throw error;
  throw new UserError(`${error.message.replace('checkKnown: known.cameraDistance', '--known camera_distance')}.`);
}
