import type { PretrainedName } from '@kanrecon/pretrained';

/** A model that answers images: one that is shipped, one that lies beside the page, or one of this browser's own by the name that it is kept under. */
export type ModelName = PretrainedName | (string & {});
