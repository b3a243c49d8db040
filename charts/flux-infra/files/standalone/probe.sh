#!/usr/bin/env bash
# Asks the broker which requests it knows (ApiVersions, the one call that needs no rights) and checks that it answers this
# very question without an error. No JVM: a probe runs every few seconds.
set -euo pipefail
exec 3<>/dev/tcp/127.0.0.1/9095
# size 15 · key 18 · version 0 · correlation 7 · client id of 5 bytes
printf '\0\0\0\17\0\22\0\0\0\0\0\7\0\5probe' >&3
# size (any) · correlation 7 · error 0
answer=$(head -c 10 <&3 | tail -c 6 | od -An -v -t x1 | tr -d ' \n')
[[ $answer == 000000070000 ]]
