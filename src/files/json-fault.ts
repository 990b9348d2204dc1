const LIST_END = /\]/y;
const OBJECT_END = /\}/y;

/**
 * The position of the first token of a text that no JSON has there; the length of
 * the text where it only ends too early. `JSON.parse` tells it for some faults,
 * in other words in each version of Node.
 */
export function jsonFault(text: string): number {
  let at = 0;
  const accept = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const isThere = pattern.test(text);
    if (isThere) at = pattern.lastIndex;
    return isThere;
  };
  const token = (pattern: RegExp) => accept(/[ \t\r\n]*/y) && accept(pattern);
  // In pieces: one pattern for all of a long string overflows the stack.
  const string = () => {
    if (!token(/"/y)) return false;
    while (accept(/[ !#-[\]-\u{10ffff}]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/uy));
    return accept(/"/y);
  };
  const key = () => string() && token(/:/y);
  const scalar = () => token(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y);

  /** What closes each bracket that is open, the innermost last. */
  const open: RegExp[] = [];
  let expectsValue = true;
  while (expectsValue || open.length > 0) {
    const close = open[open.length - 1];
    if (!expectsValue) {
      if (token(close)) open.pop();
      else if (token(/,/y) && (close === LIST_END || key())) expectsValue = true;
      else return at;
    } else if (token(/\[/y)) {
      expectsValue = !token(LIST_END);
      if (expectsValue) open.push(LIST_END);
    } else if (token(/\{/y)) {
      expectsValue = !token(OBJECT_END);
      if (expectsValue) open.push(OBJECT_END);
      if (expectsValue && !key()) return at;
    } else {
      if (!scalar() && !string()) return at;
      expectsValue = false;
    }
  }
  token(/$/y);
  return at;
}
