#!/bin/bash
# Four tasks of an array do a shard each; slurm-merge.sh then merges them. In the folder of the project, which has
# loss-audit as a dev dependency:
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

blobs=audit-$SLURM_ARRAY_JOB_ID
mkdir -p "$blobs"
npx --no -- audit gate --shard=auto --blob="$blobs/$SLURM_ARRAY_TASK_ID.json" --jobs="$SLURM_CPUS_PER_TASK"
