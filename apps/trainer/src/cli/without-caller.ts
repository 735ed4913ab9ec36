/** What a library says, without the name of its function: "hausdorff: a has no points" → "a has no points". */
export function withoutCaller(message: string): string {
  return message.replace(/^[a-z]\w*: /, '');
}
