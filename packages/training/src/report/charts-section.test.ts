import { expect, it } from 'vitest';
import type { EpochRecord } from '../loop/training-state.js';
import { chartsSection } from './charts-section.js';
import { seriesColors } from './series-colors.js';

/** An epoch by its R² over visible and over all parameters. */
const epoch = (epoch: number, val_r2_visible: number | null, val_r2: number | null) =>
  ({ epoch, train_loss: 0.2 / epoch, val_loss: 0.3 / epoch, val_r2_visible, val_r2, best: true }) as EpochRecord;
const section = (...history: EpochRecord[]) =>
  chartsSection({ trainings: [{ history, keptEpoch: 1 }], bestPossibleVisible: 0.8 });

/** The charts of light pages: texts, and the points of the curves in pixels. */
function charts(html: string) {
  return [...html.matchAll(/<div class="light">(.*?)<\/div>/gs)].map(([, svg]) => ({
    texts: [...svg!.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!),
    curves: [...svg!.matchAll(/<path d="M([^"]*)"[^>]*stroke-width="2.5"/g)].map(([, path]) =>
      path!.split('L').map((point) => point.split(' ').map(Number) as [number, number]),
    ),
  }));
}

/** Colours of all curves. */
const strokes = (html: string) =>
  [...html.matchAll(/stroke="(#[0-9a-f]{6})" stroke-width="2.5"/g)].map(([, color]) => color);

/** Of the charts' picture, in pixels. */
const size = { width: 620, height: 360 };

it('one epoch is one tick in the middle, no fraction of an epoch', async () => {
  for (const { texts, curves } of charts(await section(epoch(7, 0.1, -0.1)))) {
    expect(texts.filter((text) => Number(text) > 1)).toEqual(['7']);
    expect(curves).toHaveLength(2);
    for (const [x] of curves.flat()) expect(Math.abs(x - size.width / 2)).toBeLessThan(0.2 * size.width);
  }
});

it.each([0.15, 0.19, 0.3])('a loss of %d is in sight, however the end of its axis is rounded', async (loss) => {
  const record = { ...epoch(1, 0.1, 0.1), train_loss: loss, val_loss: 1.1 * loss };
  const [losses] = charts(await section(record));
  const bottom = size.height - 52;
  for (const [, y] of losses!.curves.flat()) expect(y! > 44 && y! < bottom - 5, `${y}`).toBe(true);
});

it('curves far below 0 are in sight', async () => {
  const [, score] = charts(await section(epoch(1, -13, -20), epoch(2, -9, -14), epoch(3, -8, -12)));
  expect(score!.curves).toHaveLength(2);
  for (const curve of score!.curves) {
    const shown = curve.filter(([, y]) => y > 0 && y < size.height);
    expect(shown.length).toBeGreaterThanOrEqual(2);
  }
});

it('says how many epochs lie below what is shown', async () => {
  const html = await section(epoch(1, -9, -12.34), epoch(2, 0.1, 0.2), epoch(3, 0.2, 0.3));
  expect(html).toContain('In 1 epoch R² lies below what is shown, down to −12.3.');
  expect(await section(epoch(1, 0.1, 0.2))).not.toContain('below');
});

it('says what is not known of the training, with and without curves', async () => {
  const tell = (history: EpochRecord[], ...trainingNotes: string[]) =>
    chartsSection({ trainings: [{ history }], trainingNotes });
  expect(await tell([])).toBe('');
  expect(await tell([], 'no <log>.')).toBe('<h2>Training</h2>\n<p class="soft">no &lt;log&gt;.</p>');
  expect(await tell([epoch(1, null, null)], 'no log.')).toMatch(
    /<h2>Training<\/h2>\n<p class="soft">no log\.<\/p>\n<div class="charts">/,
  );
});

it('has several trainings in the same charts, told apart by colour and name, and the learning rate where it is wanted', async () => {
  const rates = [epoch(1, 0.1, 0.1), epoch(2, 0.2, 0.2)].map((record) => ({ ...record, learning_rate: 1e-3 }));
  const html = await chartsSection({
    trainings: [
      { name: 'one', series: 2, history: rates },
      { name: 'two', series: 0, history: rates, keptEpoch: 2 },
      { name: 'without', history: [] },
    ],
    learningRates: true,
  });
  const [losses, scores, rate] = charts(html);
  for (const name of ['one, training', 'two, training', 'one, validation', 'two, validation']) {
    expect(losses!.texts).toContain(name);
  }
  expect(losses!.texts).not.toContain('kept');
  expect(losses!.curves).toHaveLength(4);
  expect(scores!.texts).toEqual(expect.arrayContaining(['one', 'two']));
  expect(rate!.curves).toHaveLength(2);
  expect(html).not.toContain('without');
  expect(new Set(strokes(html).slice(0, 4))).toEqual(new Set([seriesColors.light[2], seriesColors.light[0]]));
});

it('says whose the curves are where one of several trainings alone has any', async () => {
  const html = await chartsSection({
    trainings: [
      { name: 'without', history: [] },
      { name: 'one', history: [epoch(1, 0.1, 0.1), epoch(2, 0.2, 0.2)] },
    ],
  });
  const [losses, scores] = charts(html);
  expect(losses!.texts).toEqual(expect.arrayContaining(['one, training', 'one, validation']));
  expect(scores!.texts).toContain('one');
  expect(new Set(strokes(html))).toEqual(new Set([seriesColors.light[1], seriesColors.dark[1]]));
});
