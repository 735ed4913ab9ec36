import type { JSX } from 'preact';
import { DropTarget } from './drop-target.js';
import { Header } from './header.js';
import { ImagePanel } from './image-panel.js';
import { ImagesPanel } from './images-panel.js';
import { Notices } from './notices.js';
import { ObjectPanel } from './object-panel.js';
import { ParametersPanel } from './parameters-panel.js';
import { RefinePanel } from './refine-panel.js';
import { VerdictPanel } from './verdict-panel.js';

/** The page. */
export function App(): JSX.Element {
  return (
    <DropTarget>
      <Header />
      <main class="layout">
        <ImagesPanel />
        <div class="stage">
          <ImagePanel />
          <ObjectPanel />
          <RefinePanel />
        </div>
        <div class="findings">
          <VerdictPanel />
          <ParametersPanel />
        </div>
      </main>
      <footer class="footer">
        <p>Everything is computed in this page: no image leaves your computer.</p>
      </footer>
      <Notices />
    </DropTarget>
  );
}
