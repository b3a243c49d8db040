#!/usr/bin/env bash
# load.sh [IMAGE...]   Brings images onto the nodes of the kind cluster: by default, of those that the charts name with their
# dev values, the ones that this machine has. The nodes pull the others by themselves; Flux's own have to be built (make images).
set -euo pipefail
# shellcheck source=scripts/cluster/lib.sh
. "$(dirname "$0")/lib.sh"
need_docker
need_kind
need_tools
use_cluster

template() { # chart, arguments
  local chart=$1
  shift
  helm template "$RELEASE" "charts/$chart" --values "charts/$chart/values-dev.yaml" --set checkApis=false "$@"
}

wanted() {
  { template flux-infra --set "kafka.provider=$KAFKA_PROVIDER" && template flux; } |
    sed -nE 's/^[ -]*image: *"?([^" ]+)"? *$/\1/p' | sort -u
}

# Nodes on which a pod may run; with workers the control plane takes none.
nodes() {
  kubectl get nodes --output jsonpath='{range .items[*]}{.metadata.name}{" "}{.spec.taints[*].effect}{"\n"}{end}' |
    awk '$2 != "NoSchedule" { print $1 }' | paste -sd ,
}

images=${*:-$(wanted)}
here=() missing=()
for image in $images; do
  if "$DOCKER" image inspect "$image" >/dev/null 2>&1; then
    here+=("$image")
  elif [[ $image == flux/* ]]; then
    missing+=("$image")
  fi
done
[ ${#missing[@]} -eq 0 ] || die "not built yet: ${missing[*]}. Type: make images"
[ ${#here[@]} -gt 0 ] || exit 0
step "Loading ${#here[@]} images onto the nodes"
kind load docker-image --name "$KIND_CLUSTER" --nodes "$(nodes)" "${here[@]}" 2>&1 | { grep -v 'not yet present\|already present' || true; }
