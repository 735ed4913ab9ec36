/** Images that scripts/pillow.py makes, too: whole numbers only, so that both make the same. */
export function pattern(name: string, width: number, height: number, channels = 3): Uint8Array {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++, i++) {
        if (c === 3) data[i] = Math.min(255, Math.max(0, 2 * noise(i) - 128));
        else if (name === 'edges') data[i] = 255 * ((Math.floor(x / (c + 1)) + (y >> 1)) % 2);
        else if (name === 'study') data[i] = disc(x, y, c, width, height);
        else if (name === 'photo') {
          data[i] = wave(7 * x + 3 * y + 40 * c, 150) + wave(11 * y - 2 * x + 5000 * 22, 90) + (noise(i) >> 2);
        } else data[i] = noise(i);
      }
    }
  }
  return data;
}

function noise(index: number): number {
  let h = (Math.imul(index, 2654435761) + 12345) >>> 0;
  h ^= h >>> 15;
  h = Math.imul(h, 2246822519) >>> 0;
  return (h ^ (h >>> 13)) >>> 24;
}

function disc(x: number, y: number, c: number, width: number, height: number): number {
  const d2 = (2 * x + 1 - width) ** 2 + (2 * y + 1 - height) ** 2;
  const r2 = Math.floor((Math.min(width, height) ** 2 * 3) / 4);
  return d2 < r2 ? 40 + 50 * c + Math.floor((110 * (r2 - d2)) / Math.max(1, r2)) : 197;
}

function wave(t: number, period: number): number {
  const phase = ((t % (2 * period)) + 2 * period) % (2 * period);
  return Math.floor((Math.abs(phase - period) * 96) / period);
}
