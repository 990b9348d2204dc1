/** The first place at which two JSON documents differ, and what is there; keys in any order, those without a value as if absent. */
export interface Difference {
  /** As `heatmaps.count`; empty for the documents themselves. */
  place: string;
  values: [unknown, unknown];
}

export function firstDifference(a: unknown, b: unknown, place = ""): Difference | undefined {
  if (Object.is(a, b)) return undefined;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return { place, values: [a, b] };
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return { place, values: [a, b] };
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const inside = Array.isArray(a) ? `${place}[${key}]` : place === "" ? key : `${place}.${key}`;
    const difference = firstDifference(a[key], b[key], inside);
    if (difference) return difference;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
