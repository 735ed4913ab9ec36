import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeImage } from '@kanrecon/dataset/node';
import { withFolder, writeAtomically } from '@kanrecon/files/node';
import { combinationValue, imageLimits } from '@kanrecon/identifiability';
import { fitImage } from '@kanrecon/image';
import { loadPretrained, type PretrainedName } from '@kanrecon/pretrained/node';
import { drawShape, drawView, renderView } from '@kanrecon/scene';
import { describePredictions } from '../prediction/describe-predictions.js';
import { encodePng } from '../prediction/encode-png.js';
import { prepareReconstructions } from '../prediction/reconstruct-images.js';
import type { ReconstructedFile } from '../prediction/reconstructed-file.js';
import type { ReportPair } from '../report/report-data.js';
import { pairSize, reportPair } from '../report/report-pair.js';
import type { Ui } from '../ui/ui.js';

/** The shipped model that the demo begins with: of the scene that it then trains on. */
export const demoShipped: PretrainedName = 'study';

/** Objects that nobody has seen, and pixels of their images. */
const objects = 3;
const size = 96;
/** Renderings that are fitted to an image, about. */
const budget = 1000;
/** Apart from the seeds that data sets are drawn with. */
const seedOffset = 2 ** 31;

/**
 * First contact: images of new objects are drawn, read by a network that comes along, and refined by rendering, before anything is trained.
 * The pictures lie in `folder` as soon as each is done.
 */
export async function readShipped(
  folder: string,
  { seed, ui, signal }: { readonly seed: number; readonly ui: Ui; readonly signal: AbortSignal },
): Promise<ReportPair[]> {
  const { reconstructor, scene } = await loadPretrained(demoShipped);
  try {
    const { combinations } = await imageLimits(scene, { signal });
    const combined = (real: Readonly<Record<string, number>>) => {
      const vector = scene.surface.parameters.map(({ name }) => real[name]!);
      return Object.fromEntries(combinations.map((one) => [one.name, combinationValue(one, vector)]));
    };
    return await withFolder(folder, async () => {
      const files = await Promise.all(
        Array.from({ length: objects }, async (_, i) => {
          const view = drawView(scene, seedOffset + seed, i, 0);
          const shape = drawShape(scene, seedOffset + seed, i);
          const { image } = renderView(scene, shape, view, { size, effects: false });
          const name = `object-${i + 1}`;
          const source = join(folder, `${name}.png`);
          await writeAtomically(source, await encodePng(image, 6));
          return { shown: source, source, name, drawn: shape.parameters };
        }),
      );
      const wanted = {
        out: join(folder, 'found'),
        mesh: { format: 'glb', steps: 100 },
        renderingSize: 256,
        table: true,
        refined: true,
      } as const;
      const work = await prepareReconstructions(files, wanted);
      const { done, limits } = await work
        .run({ reconstructor, scene, refine: { budget, known: {} } }, ui, signal)
        .finally(() => work.close());
      for (const text of describePredictions(done, limits)) {
        for (const line of text.split('\n')) ui.say(line && `   ${line}`);
        const real = files.find(({ shown }) => text.startsWith(`${shown}:`))?.drawn;
        if (real) ui.say(`   Drawn with ${listed({ ...real, ...combined(real) })}.`);
      }
      return await Promise.all(done.map(pairOf));
    });
  } finally {
    reconstructor.dispose();
  }
}

function listed(parameters: Readonly<Record<string, number>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join(', ');
}

/** The image and the rendering of what was found in it, as they were written. */
async function pairOf({ path, outputs }: ReconstructedFile): Promise<ReportPair> {
  const [image, rendering] = await Promise.all(
    [path, outputs.rendering].map(async (file) => decodeImage(await readFile(file), { name: file })),
  );
  const drawn = { width: pairSize, height: pairSize, data: fitImage(rendering!, pairSize) };
  return reportPair(path, image!, drawn);
}
