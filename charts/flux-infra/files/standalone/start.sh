#!/usr/bin/env bash
# Formats the volume at the first start, with the users whose passwords are mounted, and becomes the broker.
set -euo pipefail
config=/etc/flux-kafka/server.properties
log=/var/lib/kafka/data/log
users=/var/run/flux/kafka-users

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

new_cluster_id() { # 16 random bytes; an option would begin with a dash
  local id=-
  while [[ $id == -* ]]; do id=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'); done
  printf '%s' "$id"
}

format() {
  local folder name password scram=()
  for folder in "$users"/*/; do
    name=$(basename "$folder")
    password=$(<"$folder/password")
    # The format's own syntax has no quoting: [name=…,password=…]
    [[ $password =~ ^[A-Za-z0-9._~+/=-]{16,}$ ]] ||
      die "the password in Secret $name has to be 16 or more of A-Z a-z 0-9 . _ ~ + / = -; scripts/secrets.sh makes such ones"
    scram+=(--add-scram "SCRAM-SHA-512=[name=$name,password=$password]")
  done
  mkdir -p "$log"
  # What it prints holds the credentials it stored.
  /opt/kafka/bin/kafka-storage.sh format --cluster-id "$(new_cluster_id)" --config "$config" "${scram[@]}" >/dev/null
  echo "formatted $log with $((${#scram[@]} / 2)) users"
}

# Kafka writes this file last: a format that was cut off is done again.
[[ -e $log/meta.properties ]] || format
exec /opt/kafka/bin/kafka-server-start.sh "$config"
