import type { Node, Program, Value } from "../../program/program.js";

/** The name on the page's globalThis of what answers the calls of `PageSession`. */
export const RUNTIME = "lossAuditRuntime";

/** What to tell a loss that ends a page. */
export const RULE = "A loss must return a tensor, or throw.";

/** An array on its way to or from a page, bit for bit. Text goes there fastest. */
export interface Packed {
  type: "Float32Array" | "Int32Array" | "Uint8Array";
  base64: string;
}

export type PageArray = Float32Array | Int32Array | Uint8Array;

/** What a page is made for. */
export interface PageSetup {
  backend: string;
  from: "logits" | "probabilities";
}

/** What a page found when it started its backend. */
export type Started =
  | {
      tfjs: string;
      /** Of the browser, without its version: "Chromium", "Google Chrome". */
      browser: string;
      /** The renderer or adapter, as it calls itself; what of WebAssembly there is. */
      device: string;
      /** No GPU computes. */
      software: boolean;
      float32Textures?: boolean;
      threads?: number;
    }
  /** The backend does not start. */
  | { missing: string }
  /** The user's file throws when it is imported. */
  | { importThrew: string };

export interface BatchRequest {
  name: string;
  shape: readonly number[];
  logits: Packed;
  labels: Packed;
}

export interface BatchReply {
  value: Packed;
  /** What was thrown in place of it. */
  gradient: Packed | string;
}

export interface PointsRequest extends BatchRequest {
  batched: boolean;
  n: number;
}

export interface PointsReply {
  value: Packed;
  gradient: Packed;
  threw: Packed;
  thrown?: string;
}

export interface ReplayRequest {
  program: Pick<Program, "logits" | "labels" | "value"> & {
    values: (Omit<Value, "constant"> & { constant?: Packed })[];
    nodes: Pick<Node, "kernel" | "inputs" | "attrs" | "outputs">[];
  };
  logits: Packed;
  labels: Packed;
}

export interface ReplayReply {
  /** The values of the program that kernels computed. */
  outputs: { id: number; data: Packed }[];
  stopped?: string;
}

/** How a call of a page ended: the function threw, or what it ran on is gone. */
export type Reply<T> = { result: T } | { threw: string } | { lost: string };

/** The calls that a page answers. */
export interface PageCalls {
  batch(request: BatchRequest): Promise<Reply<BatchReply>>;
  points(request: PointsRequest): Promise<Reply<PointsReply>>;
  replay(request: ReplayRequest): Promise<Reply<ReplayReply>>;
}
