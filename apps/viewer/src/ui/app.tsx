import type { JSX } from 'preact';
import { mode } from '../state/store.js';
import { CompareFindings } from './compare-findings.js';
import { CompareStage } from './compare-stage.js';
import { DropTarget } from './drop-target.js';
import { Header } from './header.js';
import { IdentifyPanel } from './identify-panel.js';
import { ImagePanel } from './image-panel.js';
import { ImagesPanel } from './images-panel.js';
import { InsideFindings } from './inside-findings.js';
import { InsideSettings } from './inside-settings.js';
import { InsideStage } from './inside-stage.js';
import { Notices } from './notices.js';
import { ObjectPanel } from './object-panel.js';
import { ParametersPanel } from './parameters-panel.js';
import { RefinePanel } from './refine-panel.js';
import { RunsMode } from './runs-mode.js';
import { SurfacesPanel } from './surfaces-panel.js';
import { TrainMode } from './train-mode.js';
import { VerdictPanel } from './verdict-panel.js';

/** The page. */
export function App(): JSX.Element {
  return (
    <DropTarget>
      <Header />
      <Main />
      <footer class="footer">
        <p>Everything is computed in this page: no image leaves your computer.</p>
      </footer>
      <Notices />
    </DropTarget>
  );
}

function Main(): JSX.Element {
  if (mode.value === 'train') return <TrainMode />;
  if (mode.value === 'runs') return <RunsMode />;
  return (
    <main class="layout">
      <Page />
    </main>
  );
}

/** What the page is used for. */
function Page(): JSX.Element {
  if (mode.value === 'compare') return <ComparePage />;
  return mode.value === 'inside' ? <InsidePage /> : <ObjectPage />;
}

/** What an image shows, or a surface by itself. */
function ObjectPage(): JSX.Element {
  const images = mode.value === 'image';
  return (
    <>
      {images ? <ImagesPanel /> : <SurfacesPanel />}
      <div class={images ? 'stage' : 'stage alone'}>
        {images && <ImagePanel />}
        <ObjectPanel />
        {images ? <RefinePanel /> : <IdentifyPanel />}
      </div>
      <div class="findings">
        {images && <VerdictPanel />}
        <ParametersPanel />
      </div>
    </>
  );
}

/** Two objects beside each other. */
function ComparePage(): JSX.Element {
  return (
    <>
      <ImagesPanel />
      <CompareStage />
      <CompareFindings />
    </>
  );
}

/** What networks are made of. */
function InsidePage(): JSX.Element {
  return (
    <>
      <InsideSettings />
      <InsideStage />
      <InsideFindings />
    </>
  );
}
