/** A weight by torchvision's name, with its shape in torch. */
interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What timm calls the convolutions and norms of a block, by how many convolutions there are: without and with an expansion. */
const PARTS: Readonly<Record<number, readonly (readonly [convolution: string, norm: string])[]>> = {
  2: [
    ['conv_dw', 'bn1'],
    ['conv_pw', 'bn2'],
  ],
  3: [
    ['conv_pw', 'bn1'],
    ['conv_dw', 'bn2'],
    ['conv_pwl', 'bn3'],
  ],
};
const SQUEEZES: Readonly<Record<string, string>> = { fc1: 'se.conv_reduce', fc2: 'se.conv_expand' };

/** `features.2.0.block.1.0.weight` of EfficientNets, `features.2.block.1.0.weight` of MobileNets. */
const IN_BLOCK = /^(features\.(\d+)(?:\.(\d+))?\.block)\.(\d+)\.(\d+|fc1|fc2)\.(\w+)$/;
const OUTSIDE = /^features\.(\d+)\.([01])\.(\w+)$/;

/**
 * timm's names of the weights of a network of inverted residual blocks, in the given order.
 *
 * torchvision numbers all; timm's names say what each is (`blocks.1.0.conv_pw.weight`). Of MobileNets torchvision numbers the blocks
 * through, and timm groups those of as many channels into stages.
 *
 * Source: timm 0.6, `efficientnet.py`, `mobilenetv3.py`, `_efficientnet_blocks.py`.
 *
 * @returns undefined for a network without such blocks or with other weights too, which timm does not have
 */
export function timmNames(weights: readonly NamedShape[]): string[] | undefined {
  const blocks = blocksOf(weights);
  if (blocks.size === 0 || !weights.every(({ name }) => OUTSIDE.test(name) || IN_BLOCK.test(name))) return undefined;
  const last = weights.at(-1)?.name.match(OUTSIDE)?.[1];
  const isMobileNet = [...blocks.values()].some(({ grouped }) => grouped);
  const stages = 1 + Math.max(...[...blocks.values()].map(({ stage }) => stage));
  const head = isMobileNet ? [`blocks.${stages}.0.conv`, `blocks.${stages}.0.bn1`] : ['conv_head', 'bn2'];
  return weights.map(({ name }) => {
    const [, feature, kind, leaf] = name.match(OUTSIDE) ?? [];
    if (feature !== undefined) {
      return `${(feature === last ? head : ['conv_stem', 'bn1'])[Number(kind)]}.${leaf}`;
    }
    const [, key, , , part, item, weight] = name.match(IN_BLOCK) as RegExpMatchArray;
    const { stage, index, convolutions } = blocks.get(key as string) as Block;
    const prefix = `blocks.${stage}.${index}`;
    if (SQUEEZES[item as string]) return `${prefix}.${SQUEEZES[item as string]}.${weight}`;
    const names = PARTS[convolutions.length]?.[convolutions.indexOf(part as string)];
    return `${prefix}.${names?.[Number(item)]}.${weight}`;
  });
}

interface Block {
  stage: number;
  index: number;
  /** Numbers of the parts that are a convolution and a norm. */
  convolutions: string[];
  channels: number;
  /** Whether the stage was found by the channels. */
  grouped: boolean;
}

function blocksOf(weights: readonly NamedShape[]): Map<string, Block> {
  const blocks = new Map<string, Block>();
  for (const { name, shape } of weights) {
    const [, key, feature, block, part, item, leaf] = name.match(IN_BLOCK) ?? [];
    if (key === undefined) continue;
    const grouped = block === undefined;
    const stage = Number(feature) - 1;
    const found = blocks.get(key) ?? { stage, index: Number(block), convolutions: [], channels: 0, grouped };
    blocks.set(key, found);
    if (item !== '0' || leaf !== 'weight') continue;
    found.convolutions.push(part as string);
    found.channels = shape[0] as number; // of the last convolution in the end
  }
  let before: Block | undefined;
  for (const block of blocks.values()) {
    if (!block.grouped) continue;
    const same = before?.channels === block.channels;
    block.stage = before ? before.stage + (same ? 0 : 1) : 0;
    block.index = before && same ? before.index + 1 : 0;
    before = block;
  }
  return blocks;
}
