/** An image that is to be read. */
export interface InputImageFile {
  /** As messages name it. */
  readonly shown: string;
  /** Where it lies, or what came through a pipe. */
  readonly source: string | Uint8Array;
  /** Path of its results in the folder for results, without an ending; of a folder's images it has the folders in between. */
  readonly name: string;
}
