import { trainInBrowser } from './train-in-browser.js';

trainInBrowser().then(
  (result) => self.postMessage({ result }),
  (error) => self.postMessage({ error: String(error?.stack ?? error) }),
);
