import { parameterRecord, parameterVector } from '@kanrecon/geometry';
import type { RgbImage } from '@kanrecon/render';
import { drawShape, drawView, renderView, type Scene } from '@kanrecon/scene';
import type { Identifiability } from '../identifiability-result.js';
import { invarianceInterval, moveAlong } from '../invariance.js';
import { dataUri } from './data-uri.js';
import { escapeXml } from './escape-xml.js';

const tile = 150;
const row = tile + 46;
const objects = 2;

/** An image as the bytes of a PNG file. */
export type EncodePng = (image: RgbImage) => Promise<Uint8Array>;

/**
 * Objects at both ends of everything invisible, and the difference between the two images: a row for each invisible parameter and law.
 *
 * @returns SVG from `top` down, and its height
 */
export async function moveStrips(
  scene: Scene,
  found: Identifiability,
  top: number,
  encodePng: EncodePng,
): Promise<{ svg: string; height: number }> {
  const { surface } = scene;
  const { parameters } = surface;
  const moves = [
    ...parameters.flatMap(({ name, min, max }, index) =>
      found.invisible.includes(name)
        ? [
            {
              title: `${name} from ${min} to ${max}`,
              ends: (at: Float64Array) => [replaced(at, index, min), replaced(at, index, max)],
            },
          ]
        : [],
    ),
    ...found.invariances.map((law) => ({
      title: law.text,
      ends: (at: Float64Array) =>
        invarianceInterval(law, at, parameters).map((t) => moveAlong(law, at, Math.max(t, -3))),
    })),
  ];
  if (moves.length === 0) return { svg: '', height: 0 };
  const parts: string[] = [];
  for (const [i, { title, ends }] of moves.entries()) {
    const y = top + 40 + i * row;
    parts.push(text(20, y - 8, title, '#1b2430'));
    for (let object = 0; object < objects; object++) {
      const shape = drawShape(scene, found.seed, object);
      const view = drawView(scene, found.seed, object, 0);
      const images = ends(Float64Array.from(parameterVector(surface, shape.parameters))).map((at) => {
        const moved = { ...shape, parameters: parameterRecord(surface, at) };
        return renderView(scene, moved, view, { size: tile, effects: false }).image;
      });
      const [from, to] = images as [RgbImage, RgbImage];
      const x = 20 + object * (3 * tile + 60);
      for (const [k, image] of [from, to, difference(from, to)].entries()) {
        parts.push(
          `<image x="${x + k * (tile + 6)}" y="${y}" width="${tile}" height="${tile}" href="${dataUri(await encodePng(image))}"/>`,
        );
      }
    }
  }
  const about =
    'Moved along what leaves no trace, as far as the ranges allow: one end, the other end, and their difference (grey: none)';
  return {
    svg: `${text(20, top + 6, about, '#5b6470')}\n${parts.join('\n')}`,
    height: 40 + moves.length * row,
  };
}

function replaced(at: Float64Array, index: number, value: number): Float64Array {
  return at.map((old, i) => (i === index ? value : old));
}

function text(x: number, y: number, content: string, color: string): string {
  return `<text x="${x}" y="${y}" font-size="15" fill="${color}">${escapeXml(content)}</text>`;
}

/** Mid grey where two images agree; ten times what they differ by, brighter and darker. */
function difference(a: RgbImage, b: RgbImage): RgbImage {
  return { ...a, data: a.data.map((byte, i) => Math.min(255, Math.max(0, 128 + 10 * (b.data[i]! - byte)))) };
}
