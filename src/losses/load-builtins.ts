/** What an audit computes with, by name. */
const OBJECTS = [
  ..."Array ArrayBuffer BigInt JSON Map Math Number Object Reflect Set String WeakMap".split(" "),
  ..."Float32Array Float64Array Int32Array Uint32Array Uint8Array".split(" "),
];
const GLOBALS = [...OBJECTS, "Promise", "setImmediate"];
/** An audit draws no random numbers from the first, and core-js replaces the second by one that does the same. */
const MAY_DIFFER = ["Math.random", "Array.prototype.push"];

interface Property {
  name: string;
  owner: object;
  key: PropertyKey;
  value: unknown;
}

const { getOwnPropertyDescriptor, is } = Object;

function contentOf(owner: object, key: PropertyKey): unknown {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  return descriptor?.get ?? descriptor?.value;
}

function propertiesOf(name: string, owner: object | undefined): Property[] {
  return Reflect.ownKeys(owner ?? {}).map((key) => ({
    name: `${name}.${String(key)}`,
    owner: owner as object,
    key,
    value: contentOf(owner as object, key),
  }));
}

const known: readonly Property[] = [
  ...GLOBALS.map((key) => ({ name: key, owner: globalThis, key, value: contentOf(globalThis, key) })),
  ...OBJECTS.flatMap((name) => {
    const object = (globalThis as unknown as Record<string, { prototype?: object }>)[name];
    return [...propertiesOf(name, object), ...propertiesOf(`${name}.prototype`, object.prototype)];
  }),
].filter(({ name }) => !MAY_DIFFER.includes(name));

/**
 * Says that code has replaced a built-in object or function since this file was
 * loaded; undefined when all is as it was. A loss and its audit share them: with
 * another Math.exp the exact answer would be wrong too.
 */
export function replacedBuiltin(): string | undefined {
  // Not for-of: it may be what was replaced.
  for (let i = 0; i < known.length; i++) {
    const { name, owner, key, value } = known[i];
    if (is(contentOf(owner, key), value)) continue;
    return (
      `replaces ${name}, which the audit itself computes with. ` +
      "Leave the built-in objects as they are, and give functions of its own other names."
    );
  }
  return undefined;
}
