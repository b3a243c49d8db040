#!/bin/sh
# Writes the users with the hash of the mounted password, and becomes the server.
set -eu
umask 077
password=$(cat /var/run/flux/valkey/password)
[ "${#password}" -ge 16 ] || {
  echo "the password in Secret $SECRET has fewer than 16 characters; scripts/secrets.sh makes such a Secret" >&2
  exit 1
}
hash=$(printf %s "$password" | sha256sum | cut -d ' ' -f 1)
sed "s/@HASH@/$hash/" /etc/flux-valkey/users.acl >/run/valkey/users.acl
exec valkey-server /etc/flux-valkey/valkey.conf
