#!/usr/bin/env bash
# secrets.sh                 Makes the Secrets of an installation that are missing. What is there stays as it is.
# secrets.sh --rotate NAME   Renews one: an application (bff, weather-service, …), admin, valkey, session, ca, broker; or all (but ca and broker).
# secrets.sh --delete        Deletes every Secret that this script makes.
#
#   NAMESPACE=flux   CLUSTER=flux   name of the Kafka cluster   RELEASE=flux   release of the chart flux
#   KAFKA_PROVIDER=strimzi|standalone|external   with strimzi, the operator makes those of Kafka; with external, its authority and administrator are yours
#
# Needs openssl and kubectl. No secret is printed or stands in a command's arguments.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${NAMESPACE:=flux}" "${CLUSTER:=flux}" "${RELEASE:=flux}" "${KAFKA_PROVIDER:=strimzi}"

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

for tool in openssl kubectl; do
  command -v "$tool" >/dev/null || die "$tool is missing (kubectl: npm ci, then PATH=\"\$(npm run --silent charts:tools):\$PATH\")"
done
case $KAFKA_PROVIDER in
  strimzi | standalone | external) ;;
  *) die "KAFKA_PROVIDER=$KAFKA_PROVIDER is none of strimzi, standalone, external" ;;
esac

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

k() { kubectl --namespace "$NAMESPACE" "$@"; }

# Applications, as the chart has them from the contracts.
apps=$(sed -n '/^users:/,/^[a-z]/s/^  - name: //p' charts/flux-infra/files/kafka.yaml)
[ -n "$apps" ] || die 'charts/flux-infra/files/kafka.yaml names no users: npm run charts:files writes it'

exists() { k get secret "$1" --output name >/dev/null 2>&1; }

# store NAME KEY=FILE…   writes a Secret, new or changed
store() {
  local name=$1 pair
  shift
  {
    printf 'apiVersion: v1\nkind: Secret\ntype: Opaque\nmetadata:\n  name: %s\n  labels:\n' "$name"
    printf '    app.kubernetes.io/part-of: flux\n    app.kubernetes.io/managed-by: flux-secrets\n    flux.dev/cluster: %s\ndata:\n' "$CLUSTER"
    for pair in "$@"; do printf '  %s: %s\n' "${pair%%=*}" "$(openssl base64 -A -in "${pair#*=}")"; done
  } | k apply --server-side --force-conflicts --field-manager flux-secrets --filename - >/dev/null
  echo "  $name"
}

# fetch NAME KEY FILE   one value of a Secret; fails where there is none
fetch() {
  k get secret "$1" --output "go-template={{ index .data \"$2\" }}" >"$3.base64"
  openssl base64 -A -d -in "$3.base64" -out "$3"
  [ -s "$3" ]
}

random() { openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n'; }

make_password() { # NAME
  random >"$work/password"
  store "$1" password="$work/password"
}

rotate_admin() { # the setup job signs in with the previous one where the broker does not know the new one yet
  fetch "$CLUSTER-admin" password "$work/previous"
  random >"$work/password"
  store "$CLUSTER-admin" password="$work/password" previous="$work/previous"
}

make_session() {
  printf 'k%s:%s' "$(date +%Y%m%d%H%M%S)" "$(random)" >"$work/keys"
  store "$RELEASE-session" keys="$work/keys"
}

rotate_session() { # the new key signs; the two before it go on to verify
  fetch "$RELEASE-session" keys "$work/old"
  printf 'k%s:%s,%s' "$(date +%Y%m%d%H%M%S)" "$(random)" "$(cut -d , -f 1,2 <"$work/old")" >"$work/keys"
  store "$RELEASE-session" keys="$work/keys"
}

new_ca() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout "$work/ca.key" -out "$work/ca.new" \
    -subj "/CN=$CLUSTER-cluster-ca $(date +%Y%m%d%H%M%S)" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign 2>"$work/openssl.log" ||
    die "openssl could not make an authority:" "$(cat "$work/openssl.log")"
}

store_ca() {
  store "$CLUSTER-cluster-ca" ca.key="$work/ca.key"
  store "$CLUSTER-cluster-ca-cert" ca.crt="$work/ca.crt"
}

make_ca() {
  new_ca
  cp "$work/ca.new" "$work/ca.crt"
  store_ca
}

rotate_ca() { # the newest stands first; the one before it stays trusted until the next time
  fetch "$CLUSTER-cluster-ca-cert" ca.crt "$work/ca.old"
  new_ca
  { cat "$work/ca.new" && openssl x509 -in "$work/ca.old"; } >"$work/ca.crt"
  store_ca
}

make_broker() {
  local host="$CLUSTER-kafka-bootstrap" pod="$CLUSTER-kafka-0.$CLUSTER-kafka-brokers" name names=DNS:localhost,IP:127.0.0.1
  for name in "$host" "$pod"; do
    names+=",DNS:$name,DNS:$name.$NAMESPACE,DNS:$name.$NAMESPACE.svc,DNS:$name.$NAMESPACE.svc.cluster.local"
  done
  if ! fetch "$CLUSTER-cluster-ca" ca.key "$work/ca.key" || ! fetch "$CLUSTER-cluster-ca-cert" ca.crt "$work/ca.crt"; then
    die "Secrets $CLUSTER-cluster-ca (ca.key) and $CLUSTER-cluster-ca-cert (ca.crt) have to be there to sign the broker's certificate"
  fi
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\nkeyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:FALSE\n' "$names" >"$work/extensions"
  {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/broker.key" &&
      openssl req -new -key "$work/broker.key" -subj "/CN=$CLUSTER-kafka-broker" -out "$work/broker.csr" &&
      openssl x509 -req -in "$work/broker.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -set_serial "0x$(openssl rand -hex 16)" \
        -days 825 -extfile "$work/extensions" -out "$work/broker.crt"
  } 2>"$work/openssl.log" || die "openssl could not make the broker's certificate:" "$(cat "$work/openssl.log")"
  { cat "$work/broker.key" "$work/broker.crt" && openssl x509 -in "$work/ca.crt"; } >"$work/broker.pem"
  store "$CLUSTER-kafka-broker" broker.pem="$work/broker.pem"
}

# ensure NAME COMMAND…
ensure() {
  local name=$1
  shift
  exists "$name" || "$@"
}

kafka_is_ours() { [ "$KAFKA_PROVIDER" = standalone ]; }

make_missing() {
  local app
  echo "Secrets made in namespace $NAMESPACE (those not named were there):"
  if kafka_is_ours; then
    ensure "$CLUSTER-cluster-ca-cert" make_ca
    ensure "$CLUSTER-kafka-broker" make_broker
    ensure "$CLUSTER-admin" make_password "$CLUSTER-admin"
  fi
  if [ "$KAFKA_PROVIDER" != strimzi ]; then
    for app in $apps; do ensure "$CLUSTER-$app" make_password "$CLUSTER-$app"; done
  fi
  ensure "$CLUSTER-valkey" make_password "$CLUSTER-valkey"
  ensure "$RELEASE-session" make_session
  if [ "$KAFKA_PROVIDER" = external ]; then advise_external; fi
}

advise_external() {
  exists "$CLUSTER-cluster-ca-cert" || echo "Yours to make: $CLUSTER-cluster-ca-cert, the authority of your brokers:" \
    "kubectl --namespace $NAMESPACE create secret generic $CLUSTER-cluster-ca-cert --from-file=ca.crt"
  exists "$CLUSTER-admin" || echo "For the setup job (kafka.external.setup.enabled): $CLUSTER-admin, key password, of a user that may create topics, users and access rules"
}

rotate_app() {
  if [ "$KAFKA_PROVIDER" = strimzi ]; then
    # The operator gives a user without a Secret a new password.
    k delete secret "$CLUSTER-$1" >/dev/null
    echo "  $CLUSTER-$1 (the operator makes it anew)"
  else
    make_password "$CLUSTER-$1"
  fi
}

rotate() {
  local app
  case $1 in
    valkey) make_password "$CLUSTER-valkey" ;;
    session) rotate_session ;;
    admin | ca | broker)
      kafka_is_ours || die "--rotate $1 is for KAFKA_PROVIDER=standalone; else it is the operator's or yours"
      case $1 in admin) rotate_admin ;; ca) rotate_ca ;; broker) make_broker ;; esac
      ;;
    all)
      for app in $apps; do rotate_app "$app"; done
      if kafka_is_ours; then rotate_admin; fi
      rotate valkey
      rotate session
      ;;
    *)
      grep -qx -- "$1" <<<"$apps" || die "there is no secret $1. There are:" "$(printf '%s\n' "$apps" admin valkey session ca broker all | sed 's/^/  /')"
      rotate_app "$1"
      ;;
  esac
}

# What has to follow a renewal, as commands.
advise() {
  local revision settings=() infra="helm upgrade $CLUSTER-infra charts/flux-infra --namespace $NAMESPACE --reset-then-reuse-values"
  revision=$(date +%Y%m%d%H%M%S)
  echo "Next:"
  case $1 in
    ca)
      echo "  kubectl --namespace $NAMESPACE rollout restart deployment --selector app.kubernetes.io/part-of=flux"
      echo "  scripts/secrets.sh --rotate broker   # once every pod trusts both"
      return
      ;;
    session) ;;
    valkey) settings=("valkey.secretsRevision=$revision") ;;
    all) settings=("kafka.standalone.secretsRevision=$revision" "valkey.secretsRevision=$revision") ;;
    *) settings=("kafka.standalone.secretsRevision=$revision") ;;
  esac
  case $KAFKA_PROVIDER:$1 in
    *:session | *:valkey | standalone:*) ;;
    strimzi:all) settings=("valkey.secretsRevision=$revision") ;;
    strimzi:*) settings=() && echo "  nothing: applications read their password again when they connect" ;;
    external:*) echo "  tell your Kafka the new passwords, or let the setup job do it:" ;;
  esac
  if [ "${#settings[@]}" -gt 0 ]; then echo "  $infra --set-string $(IFS=, && echo "${settings[*]}")"; fi
  case $1 in session | all) echo "  kubectl --namespace $NAMESPACE rollout restart deployment/$RELEASE-bff" ;; esac
}

delete_all() {
  k delete secret --ignore-not-found --selector "app.kubernetes.io/managed-by=flux-secrets,flux.dev/cluster=$CLUSTER"
}

kubectl get namespace "$NAMESPACE" --output name >/dev/null ||
  die "namespace $NAMESPACE cannot be seen. Where it does not exist: kubectl create namespace $NAMESPACE"
case "${1:-}" in
  '') make_missing ;;
  --rotate)
    [ -n "${2:-}" ] || die 'which one? --rotate bff, --rotate session, …'
    echo "Renew in namespace $NAMESPACE:"
    rotate "$2"
    advise "$2"
    ;;
  --delete) delete_all ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0" && exit 64 ;;
esac
