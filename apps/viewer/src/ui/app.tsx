import type { JSX } from 'preact';
import { mode } from '../state/store.js';
import { DropTarget } from './drop-target.js';
import { Header } from './header.js';
import { ImagePanel } from './image-panel.js';
import { ImagesPanel } from './images-panel.js';
import { Notices } from './notices.js';
import { ObjectPanel } from './object-panel.js';
import { ParametersPanel } from './parameters-panel.js';
import { RefinePanel } from './refine-panel.js';
import { SurfacesPanel } from './surfaces-panel.js';
import { TrainMode } from './train-mode.js';
import { VerdictPanel } from './verdict-panel.js';

/** The page. */
export function App(): JSX.Element {
  const images = mode.value === 'image';
  return (
    <DropTarget>
      <Header />
      {mode.value === 'train' ? (
        <TrainMode />
      ) : (
        <main class="layout">
          {images ? <ImagesPanel /> : <SurfacesPanel />}
          <div class={images ? 'stage' : 'stage alone'}>
            {images && <ImagePanel />}
            <ObjectPanel />
            {images && <RefinePanel />}
          </div>
          <div class="findings">
            {images && <VerdictPanel />}
            <ParametersPanel />
          </div>
        </main>
      )}
      <footer class="footer">
        <p>Everything is computed in this page: no image leaves your computer.</p>
      </footer>
      <Notices />
    </DropTarget>
  );
}
