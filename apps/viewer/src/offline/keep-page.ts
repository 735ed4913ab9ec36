/**
 * Has the browser keep the page, so that it opens without a network from the second visit on. Where that cannot be (no https and not this
 * machine, storage that is switched off, `kanrecon viewer`, whose port is another program's tomorrow) the page works as before, with a network.
 */
export function keepPage(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('./service-worker.js').catch(() => {});
}
