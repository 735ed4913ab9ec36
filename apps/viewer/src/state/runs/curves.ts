import { curveOf } from '@kanrecon/training/report';
import type { Curve } from './chart-scale.js';
import type { ShownRun } from './runs.js';

type Key = Parameters<typeof curveOf>[1];

/** Training and validation loss. */
export function lossCurves(shown: readonly ShownRun[]): readonly Curve[] {
  return withHistory(shown).flatMap((one) => [
    curve(one, 'val_loss', named(shown, one, 'validation')),
    { ...curve(one, 'train_loss', named(shown, one, 'training')), dashed: true },
  ]);
}

/** R² over the parameters that show; of one run alone also over all. */
export function scoreCurves(shown: readonly ShownRun[]): readonly Curve[] {
  const [first] = shown;
  if (shown.length > 1 || !first) {
    return withHistory(shown).map((one) => curve(one, 'val_r2_visible', one.run.name));
  }
  return [
    curve(first, 'val_r2_visible', 'visible parameters'),
    { ...curve(first, 'val_r2', 'all parameters'), dashed: true },
  ];
}

export function rateCurves(shown: readonly ShownRun[]): readonly Curve[] {
  return withHistory(shown).map((one) => curve(one, 'learning_rate', named(shown, one, 'learning rate')));
}

/** Those that have curves; of the others it counts that they are shown. */
function withHistory(shown: readonly ShownRun[]): readonly ShownRun[] {
  return shown.filter(({ run }) => run.history.length > 0);
}

function curve({ run, color }: ShownRun, key: Key, name: string): Curve {
  return { key: `${run.key} ${key}`, name, color, points: curveOf(run.history, key) };
}

/** Where several are shown, whose it is. */
function named(shown: readonly ShownRun[], { run }: ShownRun, words: string): string {
  if (shown.length === 1) return words;
  return words === 'learning rate' ? run.name : `${run.name}, ${words}`;
}
