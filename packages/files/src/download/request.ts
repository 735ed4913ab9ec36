import { DownloadError } from './download-error.js';
import { wait } from './wait.js';

/** What all requests of a download share. */
export interface RequestContext {
  readonly fetch: typeof fetch;
  /** Attempts in a row without any progress. */
  readonly attempts: number;
  /** Before the second attempt; doubles with each, up to a minute. */
  readonly retryDelayMs: number;
  /** Without a byte for so long a connection counts as broken. */
  readonly stallMs: number;
  readonly signal?: AbortSignal;
  /** Told why something is tried again. */
  readonly onRetry?: (reason: string) => void;
}

/** What a {@link RequestContext} is where nothing else is said. */
export const requestDefaults = { attempts: 5, retryDelayMs: 1000, stallMs: 60_000 } as const;

/** Thrown by the use of a response to have it tried again. */
export class TryAgain extends Error {
  constructor(
    message: string,
    /** Whether the failed attempt got on: then counting begins anew. */
    readonly progressed = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const longestDelayMs = 60_000;

/**
 * A request with repetitions after broken connections, server errors (5xx) and "too many requests" (429, whose Retry-After is kept to).
 *
 * @param init the headers of this attempt: a function, as a resumed transfer asks for another range each time
 * @param use takes the answer; a `TryAgain` that it throws is an attempt that failed
 * @throws DownloadError `unreachable` when all attempts are used up, saying what the last one failed at; `signal.reason` when aborted
 */
export async function request<T>(
  url: string,
  init: { readonly headers: Record<string, string> | (() => Record<string, string>) },
  context: RequestContext,
  use: (response: Response, beat: () => void) => Promise<T>,
): Promise<T> {
  const { attempts, retryDelayMs, signal, onRetry } = context;
  let last: unknown;
  for (let failed = 0; failed < attempts; ) {
    signal?.throwIfAborted();
    let delay = Math.min(longestDelayMs, retryDelayMs * 2 ** failed);
    try {
      return await attempt(url, typeof init.headers === 'function' ? init.headers() : init.headers, context, use);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Busy) delay = Math.max(delay, Math.min(longestDelayMs, error.retryAfterMs));
      const reason = transientReason(error);
      if (reason === undefined) throw explained(error, url);
      failed = error instanceof TryAgain && error.progressed ? 1 : failed + 1;
      last = error;
      if (failed < attempts) {
        onRetry?.(reason);
        await wait(delay, signal);
      }
    }
  }
  throw new DownloadError(
    'unreachable',
    `${new URL(url).host} cannot be reached or breaks off after ${attempts} attempts: ${transientReason(last)}`,
    { cause: last },
  );
}

async function attempt<T>(
  url: string,
  headers: Record<string, string>,
  { fetch, stallMs, signal }: RequestContext,
  use: (response: Response, beat: () => void) => Promise<T>,
): Promise<T> {
  const stall = new AbortController();
  const cutOff = () => stall.abort(new TryAgain(`no answer for ${stallMs / 1000} s`));
  let timer = setTimeout(cutOff, stallMs);
  const beat = () => {
    clearTimeout(timer);
    timer = setTimeout(cutOff, stallMs);
  };
  const joined = signal ? AbortSignal.any([signal, stall.signal]) : stall.signal;
  try {
    const response = await fetch(url, { headers, redirect: 'follow', signal: joined });
    if (response.status === 429 || response.status >= 500) {
      await response.body?.cancel();
      throw new Busy(response);
    }
    return await use(response, beat);
  } catch (error) {
    // The reader sees that it was cut off, not why.
    if (stall.signal.aborted && !signal?.aborted && !(error instanceof DownloadError)) {
      throw error instanceof TryAgain ? error : stall.signal.reason;
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The server is there but cannot answer now. */
class Busy extends TryAgain {
  readonly retryAfterMs: number;
  constructor({ status, headers }: Response) {
    super(`the server answers with ${status}`);
    this.retryAfterMs = Number(headers.get('retry-after') ?? 0) * 1000 || 0;
  }
}

/** An error with the system's code, or undici's. */
type CodedError = Error & { readonly code?: string };

/** Why an attempt failed, if another one may succeed. Node's fetch hides the reason in `cause`; browsers tell none. */
function transientReason(error: unknown): string | undefined {
  if (error instanceof DownloadError) return undefined;
  if (error instanceof TryAgain) return error.message;
  if (!(error instanceof TypeError) || isHopeless(error)) return undefined;
  const { code, message } = (error.cause ?? error) as CodedError;
  const words: Record<string, string> = {
    ENOTFOUND: 'its name cannot be resolved; is there a network connection?',
    EAI_AGAIN: 'its name cannot be resolved; is there a network connection?',
    ECONNREFUSED: 'the connection is refused',
    ECONNRESET: 'the connection was broken off',
    ENETUNREACH: 'the network cannot be reached',
    ETIMEDOUT: 'there is no answer',
    UND_ERR_CONNECT_TIMEOUT: 'there is no answer',
    UND_ERR_SOCKET: 'the connection was broken off',
  };
  return code && words[code] ? `${words[code]} (${code})` : message;
}

/**
 * Whether fetch refuses for good: a port that browsers do not use, another scheme, a certificate that is not trusted. What goes wrong on
 * the way has a code of the system's or of undici's.
 */
function isHopeless({ cause }: TypeError): boolean {
  if (!(cause instanceof Error)) return false;
  const { code } = cause as CodedError;
  return code === undefined || /CERT|SIGNED|ISSUER|ERR_TLS|ERR_SSL|ERR_INVALID/.test(code);
}

/** In words, an error that ends all attempts; others pass. */
function explained(error: unknown, url: string): unknown {
  if (!(error instanceof TypeError) || !isHopeless(error)) return error;
  const { message } = error.cause as Error;
  const where = URL.canParse(url) ? new URL(url).host : url;
  return new DownloadError('refused', `${where} cannot be reached: ${message}`, { cause: error });
}
