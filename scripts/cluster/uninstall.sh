#!/usr/bin/env bash
# uninstall.sh   Removes Flux, its topics and users, Kafka, Valkey, data and secrets; then the operator, where no other Kafka needs it.
# The order matters: topics and users go while the operator is there to take their finalizers off, Kafka before the operator.
#   KEEP_DATA=1   volumes and secrets stay     DELETE_NAMESPACE=1   the namespace goes as well
#   KUBE_CONTEXT  another cluster than the kind one (its data go, too: it asks unless YES=1)
set -euo pipefail
# shellcheck source=scripts/cluster/lib.sh
. "$(dirname "$0")/lib.sh"
: "${KEEP_DATA:=}" "${DELETE_NAMESPACE:=}" "${YES:=}"
need_tools
use_cluster

confirm() {
  [ -n "${KUBE_CONTEXT:-}" ] && [ -z "$YES" ] || return 0
  local answer
  read -r -p "Remove Flux from namespace $NAMESPACE of $KUBE_CONTEXT${KEEP_DATA:+, keep its data}? Type the namespace: " answer
  [ "$answer" = "$NAMESPACE" ] || die "nothing was removed"
}

uninstall() { # release, namespace
  has_release "$1" "$2" || return 0
  step "Release $1"
  helm uninstall "$1" --namespace "$2" --wait --timeout 5m >/dev/null
}

remove_kafka() {
  has_api kafka.strimzi.io || return 0
  step "Topics, users and Kafka"
  k delete kafkatopic,kafkauser --selector "strimzi.io/cluster=$CLUSTER" --ignore-not-found --timeout 2m >/dev/null ||
    die "topics are held back by a finalizer: is the operator running? (kubectl --namespace $STRIMZI_NAMESPACE get pods)"
  k delete kafka "$CLUSTER" --ignore-not-found --timeout 3m >/dev/null
  k delete kafkanodepool --selector "strimzi.io/cluster=$CLUSTER" --ignore-not-found --timeout 1m >/dev/null
}

remove_data() {
  [ -z "$KEEP_DATA" ] || return 0
  step "Volumes and secrets"
  k delete persistentvolumeclaim --selector "app.kubernetes.io/instance=$INFRA" --ignore-not-found >/dev/null
  k delete persistentvolumeclaim --selector "strimzi.io/cluster=$CLUSTER" --ignore-not-found >/dev/null
  scripts/secrets.sh --delete
}

remove_operator() {
  has_release strimzi "$STRIMZI_NAMESPACE" || return 0
  if kubectl get kafka --all-namespaces --output name 2>/dev/null | grep -q .; then
    echo "Strimzi stays: there are other Kafka clusters"
    return 0
  fi
  uninstall strimzi "$STRIMZI_NAMESPACE"
  kubectl delete customresourcedefinition --selector app=strimzi --ignore-not-found >/dev/null
  kubectl delete namespace "$STRIMZI_NAMESPACE" --ignore-not-found >/dev/null
}

confirm
if ! kubectl get namespace "$NAMESPACE" >/dev/null 2>&1; then
  echo "there is no namespace $NAMESPACE: nothing of Flux is installed"
  remove_operator
  exit 0
fi
uninstall "$OBSERVERS" "$NAMESPACE"
uninstall "$RELEASE" "$NAMESPACE"
# Helm leaves the pods of `helm test`.
k delete pod --selector "app.kubernetes.io/instance=$RELEASE,app.kubernetes.io/component=smoke" --ignore-not-found >/dev/null
remove_kafka
uninstall "$INFRA" "$NAMESPACE"
# Jobs of an upgrade that failed belong to no release any more.
k delete job --selector "app.kubernetes.io/instance=$INFRA" --ignore-not-found >/dev/null
remove_data
remove_operator
[ -z "$DELETE_NAMESPACE" ] || kubectl delete namespace "$NAMESPACE" --ignore-not-found >/dev/null
echo "Flux is gone from namespace $NAMESPACE${KEEP_DATA:+; its volumes and secrets stay}"
