import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import util from "node:util";
import { InputError } from "../inputs/input-error.js";
import { shareTfjs } from "../losses/load-tfjs.js";
import { shown } from "../losses/user-files.js";
import { messageOf } from "../message-of.js";
import { InProcessTarget } from "./in-process.js";
import type { Target } from "./target.js";
import { loadTfjs } from "./tfjs.js";

/** What of tfjs-node's module we use. */
interface TfjsNode {
  version: { "tfjs-node"?: string; "tfjs-node-gpu"?: string };
  backend(): { binding: { TF_Version: string }; isUsingGpuDevice: boolean };
}

const PACKAGES = {
  tensorflow: "@tensorflow/tfjs-node",
  "tensorflow-gpu": "@tensorflow/tfjs-node-gpu",
} as const;

const SETUP = fileURLToPath(new URL("../../scripts/setup-tensorflow.sh", import.meta.url)).replace(
  /dist[\\/]scripts/,
  "scripts",
);

const CURES = {
  tensorflow:
    `run "npm install @tensorflow/tfjs-node"; where its download of TensorFlow fails, on Linux, "sh ${shown(SETUP)}" ` +
    "builds it from the Python package",
  "tensorflow-gpu":
    'run "npm install @tensorflow/tfjs-node-gpu" on a machine with an NVIDIA GPU, CUDA and cuDNN',
};

/**
 * The last elements of a tensor that are fewer than a vector register holds go
 * through other code, which gives other bits: 8 with AVX, 16 with AVX-512.
 */
const LANES = 16;

/**
 * Native TensorFlow. On one thread, unless the user's environment says
 * otherwise: how threads split a reduction would move its last bits, and for
 * small operations more of them are slower.
 */
export async function loadTensorflow(name: "tensorflow" | "tensorflow-gpu"): Promise<Target> {
  const packageName = PACKAGES[name];
  const path = locate(packageName);
  if (path === undefined) {
    throw new InputError(
      `The target "${name}" needs ${packageName}, which is not installed: ${CURES[name]}.`,
    );
  }
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_NUM_INTRAOP_THREADS ??= "1";
  process.env.TF_NUM_INTEROP_THREADS ??= "1";
  restoreNodeUtil();
  const tf = await loadTfjs();
  const unshareTfjs = shareTfjs(); // tfjs-node brings a tfjs of its own where it stands in another node_modules
  let node: TfjsNode;
  try {
    node = createRequire(path)(path) as TfjsNode;
  } catch (error) {
    const [reason] = messageOf(error).split("\n");
    throw new InputError(
      `The target "${name}" does not load: ${reason.replace(/\.$/, "")}. Its native part is missing or was made for ` +
        `another Node or another system: ${CURES[name]}.`,
    );
  } finally {
    unshareTfjs();
  }
  await tf.setBackend("tensorflow");
  const { binding, isUsingGpuDevice } = node.backend();
  if (name === "tensorflow-gpu" && !isUsingGpuDevice) {
    throw new InputError(
      'The target "tensorflow-gpu" finds no CUDA device: check that "nvidia-smi" lists a GPU, or use --target tensorflow.',
    );
  }
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS);
  const device = name === "tensorflow" ? `CPU, ${threads} thread${threads === 1 ? "" : "s"}` : gpuName();
  const versions = { ...node.version, tensorflow: binding.TF_Version } as Record<string, string>;
  return new InProcessTarget(tf, name, {
    device: `native TensorFlow, ${device}`,
    threads,
    lanes: LANES,
    versions,
  });
}

/** Where a package stands: beside this one, or in the project of the folder in which the command was typed. */
function locate(packageName: string): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), "audit")]) {
    try {
      return createRequire(from).resolve(packageName);
    } catch {
      // not from here
    }
  }
  return undefined;
}

/** tfjs-node 4.22 calls functions that Node 22 warns of and Node 23 has removed. */
function restoreNodeUtil(): void {
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined = (x: unknown) => x === null || x === undefined;
  old.isArray = Array.isArray;
}

function gpuName(): string {
  try {
    const names = execFileSync("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return names.split("\n")[0].trim();
  } catch {
    return "a CUDA device that nvidia-smi does not name";
  }
}
