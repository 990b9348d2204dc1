import { register } from "node:module";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "yaml";
import { actionFile } from "./examples.js";

// GitHub's package imports JSON without saying so, which bundlers allow and Node does not.
const saySo = `export const load = (url, context, next) =>
  next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);`;
register(`data:text/javascript,${encodeURIComponent(saySo)}`);
const { validate } = await import("@actions/languageservice");

const action = parse(actionFile);
let documents = 0;

/**
 * What GitHub's own parser says against a workflow or an action, with the inputs of action.yml; of other people's
 * actions nothing is known here.
 */
export async function errorsIn(name: string, text: string): Promise<string[]> {
  // It keeps what it has read at an address, so each text has one of its own.
  documents += 1;
  const document = TextDocument.create(`file:///${documents}/${name}`, "yaml", 0, text);
  const found = await validate(document, {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ name }) => (name === "loss-audit" ? action : undefined),
    },
  });
  return found
    .map(({ message }) => String(message))
    .filter((message) => !message.startsWith("Unable to resolve action"));
}
