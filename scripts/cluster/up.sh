#!/usr/bin/env bash
# up.sh [cluster]   The whole of Flux on a kind cluster of this machine, from nothing: cluster, images, Kafka, Valkey, services, page.
# `cluster`: the empty cluster alone. Run again, it brings everything up to what the working copy says. Settings:
#   KAFKA_PROVIDER=strimzi|standalone   Kafka by Strimzi's operator (default), or one broker without it
#   KIND_NODE_IMAGE=kindest/node:v…     node image; by default the one that kind itself takes
#   SKIP_IMAGES=1                       take the images as they are   SKIP_LOAD=1   they are on the nodes already
#   OBSERVE=1                           Prometheus and Grafana too, with the dashboards and alerts
#   INFRA_ARGS, FLUX_ARGS               further arguments of helm, as FLUX_ARGS='--set bff.replicas=3'
set -euo pipefail
# shellcheck source=scripts/cluster/lib.sh
. "$(dirname "$0")/lib.sh"
: "${KIND_NODE_IMAGE:=}" "${OBSERVE:=}" "${SKIP_IMAGES:=}" "${SKIP_LOAD:=}" "${INFRA_ARGS:=}" "${FLUX_ARGS:=}"
restricted='pod-security.kubernetes.io/enforce=restricted pod-security.kubernetes.io/audit=restricted pod-security.kubernetes.io/warn=restricted'

make_cluster() {
  need_docker
  need_kind
  if kind_is_up; then return 0; fi
  step "Cluster $KIND_CLUSTER"
  kind create cluster --name "$KIND_CLUSTER" --config kind-config.yaml --wait 180s \
    ${KIND_NODE_IMAGE:+--image "$KIND_NODE_IMAGE"} ||
    die "kind could not make the cluster. Its words are above; often: port 8088 or 8448 is taken, or too few inotify instances (sudo sysctl fs.inotify.max_user_instances=1024)"
}

make_namespace() {
  kubectl create namespace "$NAMESPACE" --dry-run=client --output yaml | kubectl apply --filename - >/dev/null
  # shellcheck disable=SC2086 # three labels
  kubectl label namespace "$NAMESPACE" --overwrite $restricted >/dev/null
}

install_operator() {
  [ "$KAFKA_PROVIDER" = strimzi ] || return 0
  step "Strimzi $STRIMZI_VERSION"
  helm upgrade --install strimzi "$STRIMZI_CHART" --version "$STRIMZI_VERSION" \
    --namespace "$STRIMZI_NAMESPACE" --create-namespace --wait --timeout 5m \
    --values scripts/cluster/strimzi-values.yaml >/dev/null ||
    die "Strimzi's operator could not be installed (no way to its registry?). Without it: KAFKA_PROVIDER=standalone make up"
  kubectl wait --for condition=Established --timeout 60s crd/kafkas.kafka.strimzi.io crd/kafkatopics.kafka.strimzi.io >/dev/null
}

explain() { # what stands in the way when a release does not become ready
  k get pods >&2
  k get events --field-selector type=Warning --sort-by .lastTimestamp 2>/dev/null | tail -n 12 >&2
  die "$1 is not ready. What the pods say: make status, kubectl --namespace $NAMESPACE describe pod NAME"
}

# Helm 4 stops where somebody else has changed an object meanwhile (kubectl scale); here the charts have the last word.
# Helm 3 does not know the flag, and does not stop.
last_word() { if helm upgrade --help | grep -q -- --force-conflicts; then echo --force-conflicts; fi; }

install_infra() {
  step "Kafka ($KAFKA_PROVIDER) and Valkey"
  # shellcheck disable=SC2046,SC2086 # words on purpose
  helm upgrade --install "$INFRA" charts/flux-infra --namespace "$NAMESPACE" --values charts/flux-infra/values-dev.yaml \
    --set "kafka.provider=$KAFKA_PROVIDER" --wait --wait-for-jobs --timeout 5m $(last_word) $INFRA_ARGS >/dev/null || explain "$INFRA"
  [ "$KAFKA_PROVIDER" = strimzi ] || return 0
  k wait "kafka/$CLUSTER" --for condition=Ready --timeout 6m >/dev/null || explain "kafka/$CLUSTER"
  k wait kafkatopic,kafkauser --selector "strimzi.io/cluster=$CLUSTER" --for condition=Ready --timeout 3m >/dev/null || explain "topics and users"
}

install_flux() {
  step "Flux"
  # shellcheck disable=SC2046,SC2086 # words on purpose
  helm upgrade --install "$RELEASE" charts/flux --namespace "$NAMESPACE" --values charts/flux/values-dev.yaml \
    --wait --timeout 5m $(last_word) $FLUX_ARGS >/dev/null || explain "$RELEASE"
}

install_observe() {
  [ -n "$OBSERVE" ] || return 0
  step "Prometheus and Grafana"
  # shellcheck disable=SC2046 # a word on purpose
  helm upgrade --install "$OBSERVERS" charts/flux-observe --namespace "$NAMESPACE" --set "release=$RELEASE" --set "kafkaCluster=$CLUSTER" \
    --wait --timeout 5m $(last_word) >/dev/null || explain "$OBSERVERS"
}

# An image of the same tag but other content is another one: what runs it starts anew. Which one runs stands at the Deployment.
restart_changed() {
  local name image known id changed=()
  while read -r name image known; do
    id=$("$DOCKER" image inspect --format '{{.Id}}' "$image" 2>/dev/null) || continue
    [ "$id" != "$known" ] || continue
    k annotate deployment "$name" --overwrite "flux.dev/image=$id" >/dev/null
    [ -z "$known" ] || changed+=("deployment/$name")
  done < <(k get deployment --selector "app.kubernetes.io/instance=$RELEASE" --output \
    jsonpath='{range .items[*]}{.metadata.name} {.spec.template.spec.containers[0].image} {.metadata.annotations.flux\.dev/image}{"\n"}{end}')
  [ ${#changed[@]} -gt 0 ] || return 0
  step "New images: ${changed[*]}"
  k rollout restart "${changed[@]}" >/dev/null
  for name in "${changed[@]}"; do k rollout status "$name" --timeout 4m >/dev/null || explain "$name"; done
}

tell() {
  cat <<T

Flux is up: http://localhost:$FLUX_PORT

  make status                                      what runs, and what is missing
  kubectl --context kind-$KIND_CLUSTER --namespace $NAMESPACE get pods
  helm --kube-context kind-$KIND_CLUSTER --namespace $NAMESPACE test $RELEASE
${OBSERVE:+  kubectl --context kind-$KIND_CLUSTER --namespace $NAMESPACE port-forward deployment/$OBSERVERS 3000 9090
                                                   then the dashboards: http://localhost:3000, alerts: http://localhost:9090/alerts
}  make up                                          bring what you changed into the cluster
  make uninstall                                   remove Flux, keep the cluster
  make down                                        remove the cluster
T
}

[ -z "${KUBE_CONTEXT:-}" ] || die "make up is for the kind cluster of this machine. For yours: docs/install.md"
need_docker
need_tools
make_cluster
[ "${1:-}" != cluster ] || exit 0
[ -n "$SKIP_IMAGES" ] || { step "Images" && npm run --silent images; }
use_cluster
[ -n "$SKIP_LOAD" ] || scripts/cluster/load.sh
make_namespace
install_operator
scripts/secrets.sh
install_infra
install_flux
install_observe
restart_changed
tell
