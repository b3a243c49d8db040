#!/usr/bin/env bash
# down.sh   Removes the kind cluster of this machine with everything in it. Images stay.
set -euo pipefail
# shellcheck source=scripts/cluster/lib.sh
. "$(dirname "$0")/lib.sh"
need_docker
need_kind
kind_is_up || { echo "there is no cluster named $KIND_CLUSTER" && exit 0; }
kind delete cluster --name "$KIND_CLUSTER"
