// Stand-ins for what people hand in by mistake: no photograph is needed, and all are the same for the same seed. RGB, size × size.
import { normalNumbers, uniformNumbers } from './random-numbers.mjs';

export const foreignKinds = ['photograph', 'scene of shapes', 'drawing', 'text', 'waves', 'checks', 'gradient', 'ball'];

export function foreignImage(kind, size, seed) {
  const uniform = uniformNumbers(seed + 1000 * foreignKinds.indexOf(kind));
  const color = () => [255 * uniform(), 255 * uniform(), 255 * uniform()];
  return painters[kind](size, uniform, color);
}

const painters = {
  /** 1/f noise, as natural images have, in three related channels. */
  photograph(size, uniform) {
    const [shared, ...own] = [0, 1, 2, 3].map(() => cloud(size, uniform));
    const middle = [0, 1, 2].map(() => 90 + 80 * uniform());
    return painted(size, (x, y) =>
      middle.map((value, c) => value + 45 * shared[y * size + x] + 18 * own[c][y * size + x]),
    );
  },
  /** Shaded blobs and boxes before 1/f noise. */
  'scene of shapes'(size, uniform, color) {
    const behind = painters.photograph(size, uniform);
    return withShapes(behind, 3 + Math.floor(4 * uniform()), uniform, color, true);
  },
  /** Flat shapes on one colour. */
  drawing(size, uniform, color) {
    const paper = color();
    return withShapes(
      painted(size, () => paper),
      2 + Math.floor(5 * uniform()),
      uniform,
      color,
      false,
    );
  },
  /** Lines of letters: rows of bars of uneven length, as text is at this size. */
  text(size, uniform) {
    const image = painted(size, () => [250, 250, 248]);
    const line = Math.max(6, Math.round(size * (0.06 + 0.06 * uniform())));
    for (let top = line; top + line < size; top += Math.round(1.6 * line)) {
      for (let left = line; left + line < size * (0.7 + 0.3 * uniform()); left += Math.round(0.7 * line)) {
        if (uniform() < 0.15) continue;
        letter(image, left, top, line, uniform);
      }
    }
    return image;
  },
  waves(size, uniform, color) {
    const [a, b] = [color(), color()];
    const turns = Array.from({ length: 3 }, () => [10 * uniform() - 5, 10 * uniform() - 5, 7 * uniform()]);
    return painted(size, (x, y) => {
      const phase =
        turns.reduce((sum, [u, v, p]) => sum + Math.sin((2 * Math.PI * (u * x + v * y)) / size + p), 0) / 6 + 0.5;
      return a.map((value, c) => value + phase * (b[c] - value));
    });
  },
  checks(size, uniform, color) {
    const [a, b] = [color(), color()];
    const step = 4 + Math.floor(20 * uniform());
    return painted(size, (x, y) => ((Math.floor(x / step) + Math.floor(y / step)) % 2 ? a : b));
  },
  gradient(size, uniform, color) {
    const [a, b] = [color(), color()];
    const round = uniform() < 0.5;
    return painted(size, (x, y) => {
      const way = round ? Math.hypot(x / size - 0.5, y / size - 0.5) * 1.4 : x / size;
      return a.map((value, c) => value + way * (b[c] - value));
    });
  },
  /** A shaded ball in the middle of the scene's own grey: the easiest to take for an object. */
  ball(size, uniform, color) {
    const [radius, paint] = [size * (0.2 + 0.2 * uniform()), color()];
    const squeezed = 0.6 + 0.4 * uniform();
    return painted(size, (x, y) => {
      const [dx, dy] = [(x + 0.5 - size / 2) / radius, (y + 0.5 - size / 2) / (radius * squeezed)];
      const rest = 1 - dx * dx - dy * dy;
      return rest < 0
        ? [197, 197, 197]
        : paint.map((value) => value * (0.35 + 0.65 * Math.max(0, 0.6 * Math.sqrt(rest) - 0.6 * dy)));
    });
  },
};

/** Sums of waves whose size falls with their frequency; mean 0, standard deviation about 1. */
function cloud(size, uniform) {
  const normal = normalNumbers(uniform);
  const waves = Array.from({ length: 90 }, () => {
    const frequency = 0.5 * (0.6 * size) ** uniform();
    const turn = 2 * Math.PI * uniform();
    return [
      frequency * Math.cos(turn),
      frequency * Math.sin(turn),
      2 * Math.PI * uniform(),
      normal() / Math.sqrt(frequency),
    ];
  });
  const values = Float64Array.from({ length: size * size }, (_, pixel) => {
    const [x, y] = [(pixel % size) / size, Math.floor(pixel / size) / size];
    return waves.reduce(
      (sum, [u, v, phase, height]) => sum + height * Math.cos(2 * Math.PI * (u * x + v * y) + phase),
      0,
    );
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / spread);
}

function withShapes(image, count, uniform, color, shaded) {
  const size = image.width;
  for (let n = 0; n < count; n++) {
    const [x, y, a, b] = [
      size * uniform(),
      size * uniform(),
      size * (0.06 + 0.25 * uniform()),
      size * (0.06 + 0.25 * uniform()),
    ];
    const [turn, paint, round] = [Math.PI * uniform(), color(), uniform() < 0.5];
    const light = 2 * Math.PI * uniform();
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const u = ((column - x) * Math.cos(turn) + (row - y) * Math.sin(turn)) / a;
        const v = ((row - y) * Math.cos(turn) - (column - x) * Math.sin(turn)) / b;
        if (round ? u * u + v * v > 1 : Math.max(Math.abs(u), Math.abs(v)) > 1) continue;
        const bright = shaded ? 0.75 + 0.25 * (u * Math.cos(light) + v * Math.sin(light)) : 1;
        image.data.set(
          paint.map((value) => clamped(value * bright)),
          3 * (row * size + column),
        );
      }
    }
  }
  return image;
}

function letter(image, left, top, line, uniform) {
  const width = Math.round(0.5 * line);
  const thick = Math.max(1, Math.round(line / 8));
  for (let stroke = 0; stroke < 2 + 2 * uniform(); stroke++) {
    const upright = uniform() < 0.5;
    const at = Math.floor(uniform() * 3) / 2;
    const [x, y] = upright
      ? [left + Math.round(at * (width - thick)), top]
      : [left, top + Math.round(at * (line - thick))];
    const [w, h] = upright ? [thick, line] : [width, thick];
    for (let row = y; row < y + h; row++)
      image.data.fill(30, 3 * (row * image.width + x), 3 * (row * image.width + x + w));
  }
}

function painted(size, colorAt) {
  const data = new Uint8Array(3 * size * size);
  for (let pixel = 0; pixel < size * size; pixel++) {
    data.set(colorAt(pixel % size, Math.floor(pixel / size)).map(clamped), 3 * pixel);
  }
  return { width: size, height: size, data };
}

const clamped = (value) => Math.min(255, Math.max(0, Math.round(value)));
