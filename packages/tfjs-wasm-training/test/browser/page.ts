import { trainInBrowser } from './train-in-browser.js';

Object.assign(self, { trainInBrowser });
