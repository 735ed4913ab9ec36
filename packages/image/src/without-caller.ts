/**
 * What an error of a package of ours says, without the function or class that all their messages begin with: to be said as a reason, or to
 * people. "hausdorff: a has no points" → "a has no points"; a system's code, "ENOENT: …", stays.
 */
export function withoutCaller(message: string): string {
  return message.replace(/^[A-Za-z]\w*[a-z]\w*: /, '');
}
