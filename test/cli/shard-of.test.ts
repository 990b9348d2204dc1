import { expect, test } from "vitest";
import { shardOf } from "../../src/cli/shard-of.js";
import { InputError } from "../../src/inputs/input-error.js";

test.each([
  ["1/1", {}, [1, 1]],
  ["3/7", {}, [3, 7]],
  [" 2/4 ", {}, [2, 4]],
  ["2/4", { JOB_COMPLETION_INDEX: "0" }, [2, 4]], // what is said goes before the environment
  ["auto", { CI_NODE_INDEX: "1", CI_NODE_TOTAL: "4" }, [1, 4]],
  ["auto", { CI_NODE_INDEX: "4", CI_NODE_TOTAL: "4" }, [4, 4]],
  ["auto/4", { CI_NODE_INDEX: "2" }, [2, 4]],
  ["auto/8", { JOB_COMPLETION_INDEX: "0" }, [1, 8]],
  ["auto/8", { JOB_COMPLETION_INDEX: "7" }, [8, 8]],
  ["auto", { SLURM_ARRAY_TASK_ID: "3", SLURM_ARRAY_TASK_MIN: "1", SLURM_ARRAY_TASK_MAX: "8" }, [3, 8]],
  ["auto", { SLURM_ARRAY_TASK_ID: "0", SLURM_ARRAY_TASK_MIN: "0", SLURM_ARRAY_TASK_COUNT: "8" }, [1, 8]],
  [
    "auto", // sbatch --array=10-30:10
    {
      SLURM_ARRAY_TASK_ID: "20",
      SLURM_ARRAY_TASK_MIN: "10",
      SLURM_ARRAY_TASK_MAX: "30",
      SLURM_ARRAY_TASK_COUNT: "3",
      SLURM_ARRAY_TASK_STEP: "10",
    },
    [2, 3],
  ],
  ["auto/4", { CI_NODE_INDEX: "", JOB_COMPLETION_INDEX: "3" }, [4, 4]],
  ["auto/4", { CI_NODE_INDEX: "2", CI_NODE_TOTAL: "4", JOB_COMPLETION_INDEX: "1" }, [2, 4]],
])("%s with %j is %j", (text, environment, [index, of]) => {
  expect(shardOf(text, environment)).toEqual({ index, of });
});

test.each([
  ["0/4", {}, "--shard 0/4: the parts are 1 to 4, and this would be part 0."],
  ["5/4", {}, "--shard 5/4: the parts are 1 to 4, and this would be part 5."],
  ["1/0", {}, "--shard 1/0: there are 1 to 10,000 parts, not 0."],
  ["1/99999999", {}, "--shard 1/99999999: there are 1 to 10,000 parts, not 99999999."],
  ["abc", {}, '--shard takes I/N, such as 1/4, or auto or auto/N, but "abc" was given.'],
  ["", {}, '--shard takes I/N, such as 1/4, or auto or auto/N, but "" was given.'],
  ["-1/4", {}, '--shard takes I/N, such as 1/4, or auto or auto/N, but "-1/4" was given.'],
  ["1/2/3", {}, '--shard takes I/N, such as 1/4, or auto or auto/N, but "1/2/3" was given.'],
  ["auto", {}, /^--shard auto finds no part in the environment: .* Give --shard I\/N\.$/],
  ["auto/4", {}, /^--shard auto finds no part in the environment/],
  [
    "auto",
    { JOB_COMPLETION_INDEX: "3" },
    /JOB_COMPLETION_INDEX=3 does not say how many .* Give --shard auto\/N/,
  ],
  [
    "auto/2",
    { JOB_COMPLETION_INDEX: "2" },
    "JOB_COMPLETION_INDEX=2: the parts are 1 to 2, and this would be part 3.",
  ],
  [
    "auto/3",
    { CI_NODE_INDEX: "1", CI_NODE_TOTAL: "4" },
    /says that there are 4 parts\. Give --shard auto\.$/,
  ],
  ["auto", { CI_NODE_INDEX: "5", CI_NODE_TOTAL: "4" }, /the parts are 1 to 4, and this would be part 5\.$/],
  [
    "auto",
    { CI_NODE_INDEX: "one", CI_NODE_TOTAL: "4" },
    /CI_NODE_INDEX is "one", but must be a whole number/,
  ],
  [
    "auto/4",
    { CI_NODE_INDEX: "2", CI_NODE_TOTAL: "4", JOB_COMPLETION_INDEX: "2" },
    /CI_NODE_INDEX=2, CI_NODE_TOTAL=4 says part 2 of 4, and JOB_COMPLETION_INDEX=2 part 3 of 4\. Give --shard I\/N\.$/,
  ],
  [
    "auto", // sbatch --array=1,5,6
    {
      SLURM_ARRAY_TASK_ID: "5",
      SLURM_ARRAY_TASK_MIN: "1",
      SLURM_ARRAY_TASK_MAX: "6",
      SLURM_ARRAY_TASK_COUNT: "3",
      SLURM_ARRAY_TASK_STEP: "1",
    },
    /not evenly spaced, .* Give the array as 1-N, or --shard I\/N\.$/,
  ],
])("%s with %j is refused: %s", (text, environment, message) => {
  expect(() => shardOf(text, environment)).toThrow(InputError);
  expect(() => shardOf(text, environment)).toThrow(message);
});
