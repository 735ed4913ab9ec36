// Copies `count` pieces of `bytes` each, evenly spaced on both sides: Concat and SplitV along any axis. Short pieces
// are copied 16 bytes at a time, because memory.copy costs a call.

export function copyRows(from: usize, fromStep: usize, to: usize, toStep: usize, bytes: usize, count: i32): void {
  if (bytes > 2048) {
    for (let i = 0; i < count; i++, from += fromStep, to += toStep) memory.copy(to, from, bytes);
    return;
  }
  for (let i = 0; i < count; i++, from += fromStep, to += toStep) {
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at + 4 <= bytes; at += 4) store<u32>(to + at, load<u32>(from + at));
    for (; at < bytes; at++) store<u8>(to + at, load<u8>(from + at));
  }
}
