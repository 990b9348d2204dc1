import { decimalToFloat32 } from "../inputs/decimal.js";
import { formatFloat32, fromBits, bits as toBits } from "../inputs/float32.js";
import { InputError } from "../inputs/input-error.js";
import type { Float } from "../judge/finding.js";
import { toJsonNumber } from "../report/json.js";
import { truncate } from "../report/text.js";

/** Names that stand for numbers that JSON has no digits for. */
const NAMED = ["NaN", "Infinity", "-Infinity", "-0"];
const LONGEST_SHOWN = 60;
const LONGEST_PATH = 120;

/**
 * A value of a JSON document that may be anything, and where it stands, as
 * `example.logits[3]`. Each reader returns what it is named after, or throws an
 * InputError that says which field is what and what it must be.
 */
export class Field {
  constructor(
    private readonly value: unknown,
    private readonly path = "",
  ) {}

  /** The field of that name, which may be missing. */
  field(name: string): Field {
    const object = this.#object();
    const path = this.path === "" ? name : `${this.path}.${name}`;
    return new Field(object[name], path);
  }

  /** An object that holds what `read` returns under that name, or nothing where it is missing. */
  optional<Name extends string, T>(name: Name, read: (field: Field) => T): { [name in Name]?: T } {
    const field = this.field(name);
    return field.value === undefined ? {} : ({ [name]: read(field) } as { [name in Name]?: T });
  }

  fields(): [name: string, field: Field][] {
    return Object.keys(this.#object()).map((name) => [name, this.field(name)]);
  }

  items(): Field[] {
    if (!Array.isArray(this.value)) this.refuse("a list");
    return this.value.map((item, i) => new Field(item, `${this.path}[${i}]`));
  }

  text(): string {
    if (typeof this.value !== "string" || this.value === "") this.refuse("a text");
    return this.value;
  }

  oneOf<T extends string>(known: readonly T[]): T {
    return known.find((name) => name === this.value) ?? this.refuse(`one of ${known.join(", ")}`);
  }

  /** A number that is not negative, and finite. */
  size(): number {
    if (!(typeof this.value === "number" && this.value >= 0 && Number.isFinite(this.value))) {
      this.refuse("a number from 0 on");
    }
    return this.value;
  }

  wholeNumber(low: number): number {
    if (!(Number.isSafeInteger(this.value) && (this.value as number) >= low)) {
      this.refuse(`a whole number from ${low} on`);
    }
    return this.value as number;
  }

  /** A float64, or the name of one. */
  number(): number {
    const isNumber = typeof this.value === "number" && Number.isFinite(this.value);
    if (!isNumber && !NAMED.includes(this.value as string)) this.refuse(`a number, or ${quoted(NAMED)}`);
    return Number(this.value);
  }

  /** A float32: its bits are the number, and its decimal must round to it. */
  float(): Float {
    const bits: Field = this.field("bits");
    if (typeof bits.value !== "string" || !/^0x[0-9a-f]{8}$/i.test(bits.value)) {
      bits.refuse("0x and 8 hexadecimal digits");
    }
    const x = fromBits(bits.value);
    const value = this.field("value");
    const decimal = value.number();
    const nearest = decimal === 0 || !Number.isFinite(decimal) ? decimal : decimalToFloat32(String(decimal));
    if (!Object.is(nearest, x)) value.refuse(`${formatFloat32(x)}, as its bits ${bits.value} say`);
    return { value: toJsonNumber(decimal), bits: toBits(x) };
  }

  refuse(rule: string): never {
    const path = truncate(this.path, LONGEST_PATH) || "it";
    throw new InputError(`${path} is ${shownValue(this.value)}, but must be ${rule}`);
  }

  #object(): Record<string, unknown> {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      this.refuse("an object");
    }
    return this.value as Record<string, unknown>;
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/** A value in a message: short, as JSON has it. */
export function shownValue(value: unknown): string {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
