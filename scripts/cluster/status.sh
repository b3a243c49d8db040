#!/usr/bin/env bash
# status.sh   What runs in the cluster, which secrets are missing with the command that makes them, and the address.
set -euo pipefail
# shellcheck source=scripts/cluster/lib.sh
. "$(dirname "$0")/lib.sh"
need_tools
use_cluster
kubectl get namespace "$NAMESPACE" >/dev/null 2>&1 || die "there is no namespace $NAMESPACE: type make up"

step "Releases"
helm list --namespace "$NAMESPACE"
if has_release strimzi "$STRIMZI_NAMESPACE"; then helm list --namespace "$STRIMZI_NAMESPACE" | tail -n +2; fi

step "Pods"
k get pods --output wide

# Every secret that a pod mounts or reads; one that is marked optional does not count.
wanted_secrets() {
  k get pods --output json |
    node -e 'let text = ""; process.stdin.on("data", (part) => { text += part }).on("end", () => {
      const names = new Set()
      const look = (value) => {
        if (value === null || typeof value !== "object") return
        const source = value.secret ?? value.secretKeyRef ?? value.secretRef
        const name = source?.secretName ?? source?.name
        if (name !== undefined && source.optional !== true) names.add(name)
        for (const part of Object.values(value)) look(part)
      }
      for (const { spec } of JSON.parse(text).items) look(spec)
      for (const name of [...names].sort()) console.log(name)
    })'
}
have=$(k get secrets --output name | sed 's|^secret/||')
missing=$(comm -23 <(wanted_secrets) <(sort <<<"$have"))
if [ -n "$missing" ]; then
  step "Missing secrets"
  # shellcheck disable=SC2001 # one prefix a line
  sed 's/^/  /' <<<"$missing"
  echo "  To make them: NAMESPACE=$NAMESPACE RELEASE=$RELEASE CLUSTER=$CLUSTER KAFKA_PROVIDER=$KAFKA_PROVIDER scripts/secrets.sh"
fi

waiting=$(k get pods --output jsonpath='{range .items[*]}{range .status.containerStatuses[?(@.state.waiting)]}{.name}{": "}{.state.waiting.reason}{" "}{.state.waiting.message}{"\n"}{end}{end}' | grep -v ContainerCreating || true)
if [ -n "$waiting" ]; then
  step "Waiting"
  # shellcheck disable=SC2001
  sed 's/^/  /' <<<"$waiting"
fi

step "Address"
if [ -z "${KUBE_CONTEXT:-}" ]; then
  echo "  http://localhost:$FLUX_PORT"
else
  echo "  kubectl --context $KUBE_CONTEXT --namespace $NAMESPACE port-forward service/$RELEASE-frontend $FLUX_PORT:8080, then http://localhost:$FLUX_PORT"
fi
