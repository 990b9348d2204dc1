#!/bin/bash
# Four tasks of an array audit a part each; slurm-merge.sh then puts the parts together. In the folder of the project,
# which has loss-audit as a dev dependency:
#
#   job=$(sbatch --parsable slurm.sh)
#   sbatch --dependency="afterany:$job" slurm-merge.sh "audit-$job"
#SBATCH --job-name=audit
#SBATCH --array=0-3
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=02:00:00
#SBATCH --output=audit-%A-%a.log
set -euo pipefail

parts=audit-$SLURM_ARRAY_JOB_ID
mkdir -p "$parts"
npx --no -- audit gate --shard=auto --blob="$parts/$SLURM_ARRAY_TASK_ID.json" --jobs="$SLURM_CPUS_PER_TASK"
