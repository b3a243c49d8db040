#!/bin/sh
# A real answer of the server to a user that signed in. An error exits 0 without -e, and "LOADING" is no PONG.
set -eu
VALKEYCLI_AUTH=$(cat /var/run/flux/valkey/password)
REDISCLI_AUTH=$VALKEYCLI_AUTH
export VALKEYCLI_AUTH REDISCLI_AUTH
[ "$(valkey-cli -e --user probe --no-auth-warning ping)" = PONG ]
