import type { RequestContext } from '@kanrecon/files/download';

/** What all requests for a record and its files share. */
export interface RecordContext extends RequestContext {
  /** Where records are asked for, with a slash at the end. */
  readonly baseUrl: string;
}
