# What the cluster scripts share: settings, tools, which cluster is meant. Sourced, not run.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

# What stands before a command on the developer's machine; every one can be set in the environment.
: "${NAMESPACE:=flux}" "${RELEASE:=flux}" "${CLUSTER:=$RELEASE}" "${TAG:=dev}" "${KIND_CLUSTER:=flux}"
: "${KAFKA_PROVIDER:=strimzi}" "${STRIMZI_VERSION:=1.2.0}" "${STRIMZI_NAMESPACE:=strimzi}"
: "${STRIMZI_CHART:=oci://quay.io/strimzi-helm/strimzi-kafka-operator}"
# The port of this machine that kind-config.yaml leads to the frontend.
: "${FLUX_PORT:=8088}"
INFRA="$RELEASE-infra"
OBSERVERS="$RELEASE-observe"
DOCKER=${DOCKER:-docker}
export NAMESPACE RELEASE INFRA OBSERVERS CLUSTER TAG KAFKA_PROVIDER

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

step() { printf '\033[1m%s\033[0m\n' "$*"; }

has() { command -v "$1" >/dev/null 2>&1; }

case $KAFKA_PROVIDER in
  strimzi | standalone | external) ;;
  *) die "KAFKA_PROVIDER=$KAFKA_PROVIDER is none of strimzi, standalone, external" ;;
esac

# Node 24 and, where the machine has none, the Helm and kubectl that come with the dev dependencies.
need_tools() {
  local found
  PATH="$PWD/node_modules/.bin:$PATH"
  if ! has helm || ! has kubectl; then
    found=$(node charts/src/tools-path.ts) ||
      die "helm or kubectl is missing: type npm ci, or install them (https://helm.sh/docs/intro/install, https://kubernetes.io/docs/tasks/tools)"
    PATH="$found:$PATH"
  fi
  export PATH
}

need_docker() {
  has "$DOCKER" || die "Docker is missing: https://docs.docker.com/get-docker (another engine's command: DOCKER=podman)"
  "$DOCKER" info >/dev/null 2>&1 || die "Docker does not answer: start it (Linux: sudo systemctl start docker), or may this user not speak to it?"
}

need_kind() {
  has kind || die "kind is missing. Type one of:" "  brew install kind" \
    "  go install sigs.k8s.io/kind@v0.33.0   # and have \$(go env GOPATH)/bin in PATH" \
    "  https://kind.sigs.k8s.io/docs/user/quick-start/#installation"
}

kind_is_up() { has kind && kind get clusters 2>/dev/null | grep -qx "$KIND_CLUSTER"; }

# Everything below goes to one cluster, whichever is current elsewhere: KUBE_CONTEXT, else the kind cluster.
use_cluster() {
  local file
  file=$(mktemp)
  # shellcheck disable=SC2064 # the name is known now
  trap "rm -f '$file'" EXIT
  if [ -n "${KUBE_CONTEXT:-}" ]; then
    kubectl config view --raw --minify --flatten --context "$KUBE_CONTEXT" >"$file" ||
      die "there is no context $KUBE_CONTEXT: kubectl config get-contexts lists them"
  else
    kind_is_up || die "there is no kind cluster named $KIND_CLUSTER: type make up (another cluster: KUBE_CONTEXT=…)"
    kind get kubeconfig --name "$KIND_CLUSTER" >"$file"
  fi
  export KUBECONFIG=$file
  kubectl get --raw /readyz >/dev/null 2>&1 ||
    die "the cluster ${KUBE_CONTEXT:-kind-$KIND_CLUSTER} does not answer: kubectl --context ${KUBE_CONTEXT:-kind-$KIND_CLUSTER} get nodes says why; make down and make up make the kind one anew"
}

k() { kubectl --namespace "$NAMESPACE" "$@"; }

has_release() { helm status "$1" --namespace "$2" >/dev/null 2>&1; }

has_api() { kubectl api-resources --api-group "$1" -o name 2>/dev/null | grep -q .; }
