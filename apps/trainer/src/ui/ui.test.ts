import { describe, expect, it, vi } from 'vitest';
import { formatDuration } from './format-duration.js';
import { formatTable } from './format-table.js';
import { createProgress, formatRate } from './progress.js';

describe('formatDuration', () => {
  it('writes seconds as people read them', () => {
    expect([0, 7.4, 200, 3725, -3].map(formatDuration)).toEqual(['0:00', '0:07', '3:20', '1:02:05', '0:00']);
  });
});

describe('formatTable', () => {
  it('aligns the first column left and numbers right', () => {
    expect(
      formatTable(
        ['a', 'long'],
        [
          ['name', '1'],
          ['b', '22'],
        ],
      ),
    ).toBe('a     long\n────  ────\nname     1\nb       22');
  });
});

describe('formatRate', () => {
  it.each([
    [0, '0.000'],
    [0.0123, '0.012'],
    [0.0999, '0.10'],
    [0.19, '0.19'],
    [0.999, '1.0'],
    [5.55, '5.5'],
    [9.94, '9.9'],
    [9.96, '10'],
    [99.4, '99'],
    // toPrecision(2) gives 1.0e+2.
    [99.6, '100'],
    [460.4, '460'],
    [123456, '123456'],
  ])('%d is %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it('is a plain number, whatever it is', () => {
    for (let rate = 1e-4; rate < 1e7; rate *= 1.013) expect(formatRate(rate)).toMatch(/^\d+(\.\d+)?$/);
  });
});

describe('createProgress', () => {
  it('writes a line every few seconds, with rate and time left', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const lines: string[] = [];
    const stream = { isTTY: false, write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream;
    const progress = createProgress({ label: 'Work', total: 1000, initial: 100, unit: 'images', stream });
    for (let second = 1; second <= 11; second++) {
      vi.advanceTimersByTime(1000);
      progress.update(100 + 20 * second, 'loss 1');
    }
    progress.stop();
    vi.useRealTimers();
    expect(lines).toEqual([
      'Work: 20 % (200/1000 images), 20 images/s, 0:40 left, loss 1\n',
      'Work: 30 % (300/1000 images), 20 images/s, 0:35 left, loss 1\n',
    ]);
  });
});
