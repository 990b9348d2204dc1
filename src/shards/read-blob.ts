import { Field } from "../files/field.js";
import { type FileKind, parseJson, readText } from "../files/read-json.js";
import { InputError } from "../inputs/input-error.js";
import { version } from "../version.js";
import { type Blob, type BlobHead, checksum, KIND, SCHEMA } from "./blob.js";
import { fromLosslessJson } from "./lossless-json.js";
import { COMMANDS } from "./work.js";

/** The largest text that Node can hold has half a gigabyte. */
const FILE: FileKind = { name: "a blob", largest: 480 * 2 ** 20, repair: "Run its shard again." };

/** A blob and the path of its file, as typed. */
export interface StoredBlob {
  file: string;
  blob: Blob;
}

/**
 * The blob in a file. Throws an InputError that names the file and says what to do where it is something else, was
 * changed or cut off, was written by another version, or is that of a shard that did not end.
 */
export async function readBlob(file: string): Promise<StoredBlob> {
  const document = parseJson(file, await readText(file, FILE), FILE);
  let head: Head;
  try {
    head = headIn(new Field(document));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `${file} is no blob of a shard: ${error.message}. Give what audit --shard has written.`,
    );
  }
  const { shard, command, state } = head;
  if (head.version !== version) {
    throw new InputError(
      `${file} was written by audit ${head.version}, and this is ${version}: merge with the version that ran the shards.`,
    );
  }
  if (state === "begun") {
    throw new InputError(
      `${file}: shard ${shard.index} of ${shard.of} was begun and did not end. Run it again.`,
    );
  }
  const { sha256, content } = document as Record<string, unknown>;
  if (sha256 !== checksum(head, textOf(content))) {
    throw new InputError(
      `${file} is corrupt: it does not hold what shard ${shard.index} of ${shard.of} wrote. ${FILE.repair}`,
    );
  }
  const rest = fromLosslessJson(content) as Omit<Blob, keyof BlobHead>;
  return { file, blob: { version, command, shard, ...rest } };
}

/** As it was written; of what no shard has written, nothing: what is nested too deep has no text. */
function textOf(content: unknown): string {
  try {
    return JSON.stringify(content) ?? "";
  } catch {
    return "";
  }
}

interface Head extends BlobHead {
  state: "begun" | "ended";
}

function headIn(root: Field): Head {
  const kind = root.field("kind");
  if (kind.text() !== KIND) kind.refuse(`"${KIND}"`);
  const schema = root.field("schema");
  if (schema.wholeNumber(1) !== SCHEMA) schema.refuse(`${SCHEMA}, the only one that is known`);
  const shard = root.field("shard");
  const of = shard.field("of").wholeNumber(1);
  const index = shard.field("index");
  if (index.wholeNumber(1) > of) index.refuse(`at most ${of}, the number of shards`);
  return {
    version: root.field("version").text(),
    command: root.field("command").oneOf(COMMANDS),
    shard: { index: index.wholeNumber(1), of },
    state: root.field("state").oneOf(["begun", "ended"]),
  };
}
