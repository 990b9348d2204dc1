#!/bin/bash
# Merges the shards of slurm.sh and compares the whole with the baseline; says which shards are missing.
#SBATCH --job-name=audit-merge
#SBATCH --time=00:10:00
#SBATCH --output=audit-merge-%j.log
set -euo pipefail

npx --no -- audit merge "$1"/*.json --report=html="$1.html"
