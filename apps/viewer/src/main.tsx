import { render } from 'preact';
import { start } from './actions/start.js';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/panels.css';
import { App } from './ui/app.js';

render(<App />, document.getElementById('app')!);
void start();
