/** The address of the page's folder: what is built of this worker lies in a folder of it. */
export const pageAddress = new URL(import.meta.env.DEV ? '/' : '../', self.location.href).href;
