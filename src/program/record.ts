import type { Tensor } from "@tensorflow/tfjs";
import { LossError } from "../evaluate/probe-call.js";
import type { LossFunction } from "../losses/loss.js";
import { messageOf } from "../message-of.js";
import { useBackend } from "../targets/backend.js";
import type { Tfjs } from "../targets/tfjs.js";
import type { Program, SourceLine } from "./program.js";
import { RECORDER, Recorder } from "./recorder.js";

/** One batch: logits and labels of one shape. */
export interface Batch {
  shape: readonly number[];
  logits: Float32Array;
  labels: Float32Array;
}

interface TapeNode {
  outputs: Tensor[];
  gradient?: (dys: Tensor[]) => unknown;
  saved?: Tensor[];
}

const SWITCHES =
  "It calls tf.setBackend, so that it does not run where it is audited. Choose the backend outside of the loss, here with --target.";

/**
 * Runs a tfjs function once, forward and gradient, on the recording backend and
 * returns the graph of kernels that ran. The gradient is that of the sum of the
 * function's result with respect to the logits; the labels are closed over.
 *
 * A node has the source line that `lineOf` finds in the stack of its kernel's
 * call; it is looked up when it is asked for.
 *
 * Throws what the function throws; when only its gradient throws, the program
 * has a value and the reason in `gradientError`.
 */
export function record(
  tf: Tfjs,
  f: LossFunction,
  batch: Batch,
  lineOf?: (stack: string) => SourceLine | undefined,
): Program {
  Recorder.register(tf);
  const engine = tf.engine();
  const before = engine.backendName;
  useBackend(tf, RECORDER);
  const recorder = new Recorder((id) => engine.backend.readSync(id) as ArrayLike<number>, lineOf);
  engine.startScope("record");
  try {
    const logits = tf.tensor(batch.logits.slice(), [...batch.shape]);
    const labels = tf.tensor(batch.labels.slice(), [...batch.shape]);
    return recorder.run(() => {
      const logitsId = recorder.input(logits, "logits");
      const labelsId = recorder.input(labels, "labels");
      let value: number | undefined;
      let gradient: number | undefined;
      let gradientError: string | undefined;
      try {
        const { grads } = engine.gradients(() => {
          const result = f(logits, labels);
          if (engine.backendName !== RECORDER) throw new LossError(SWITCHES);
          value = recorder.valueOf(result);
          recorder.pass = "backward";
          attributeGradients(engine.state.activeTape as unknown as TapeNode[], recorder);
          return result;
        }, [logits]);
        gradient = recorder.valueOf(grads[0]);
      } catch (error) {
        for (const node of (engine.state.activeTape ?? []) as unknown as TapeNode[]) {
          for (const saved of node.saved ?? []) saved.dispose();
        }
        if (value === undefined) throw error;
        gradientError = messageOf(error);
      }
      return {
        values: recorder.values,
        nodes: recorder.nodes,
        logits: logitsId,
        labels: labelsId,
        value: value as number,
        readsValues: recorder.readsValues,
        readsLabels: recorder.readsLabels,
        ...(gradient === undefined ? { gradientError } : { gradient }),
      };
    });
  } finally {
    engine.endScope();
    if (before) useBackend(tf, before);
  }
}

/** Lets the kernels of each operation's gradient carry the source line of the operation. */
function attributeGradients(tape: TapeNode[], recorder: Recorder): void {
  for (const node of tape) {
    const { gradient } = node;
    if (!gradient || !node.outputs[0]) continue;
    const forward = recorder.valueOf(node.outputs[0]);
    node.gradient = (dys) => {
      recorder.backwardLine = () => recorder.lineOfValue(forward);
      return gradient(dys);
    };
  }
}
