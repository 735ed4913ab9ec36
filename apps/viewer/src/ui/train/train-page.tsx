import type { JSX } from 'preact';
import { shownCurves } from '../../state/training.js';
import { OwnModels } from './own-models.js';
import { TrainCurves } from './train-curves.js';
import { TrainForm } from './train-form.js';
import { TrainProgress } from './train-progress.js';
import '../../style/train.css';

/** Training: what is trained, how it goes, and the networks that came of it. */
export function TrainPage(): JSX.Element {
  return (
    <main class="layout train">
      <aside class="images surfaces" aria-label="What is trained">
        <TrainForm />
      </aside>
      <div class="stage alone">
        <TrainProgress />
        {shownCurves.value && <TrainCurves />}
      </div>
      <div class="findings">
        <OwnModels />
      </div>
    </main>
  );
}
