#!/usr/bin/env bash
# secrets.sh [ARGUMENT...]   scripts/secrets.sh for the cluster that the other scripts here mean.
set -euo pipefail
# shellcheck source=scripts/cluster/lib.sh
. "$(dirname "$0")/lib.sh"
need_tools
use_cluster
kubectl get namespace "$NAMESPACE" >/dev/null 2>&1 || die "there is no namespace $NAMESPACE: type make up, or kubectl create namespace $NAMESPACE"
scripts/secrets.sh "$@"
