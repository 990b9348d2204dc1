#!/bin/bash
# Puts the parts of slurm.sh together and compares the whole with the baseline; says which parts are missing.
#SBATCH --job-name=audit-merge
#SBATCH --time=00:10:00
#SBATCH --output=audit-merge-%j.log
set -euo pipefail

npx --no -- audit merge "$1"/*.json --report=html="$1.html"
