import { render } from 'preact';
import { followLinks } from './actions/follow-links.js';
import { start } from './actions/start.js';
import { keepPage } from './offline/keep-page.js';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/panels.css';
import './style/look.css';
import './style/camera.css';
import './style/compare.css';
import './style/inside.css';
import './style/identify.css';
import { App } from './ui/app.js';

render(<App />, document.getElementById('app')!);
// Keeping the page would take time from the first answer.
void start().then(keepPage);
followLinks();
