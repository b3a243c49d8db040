{{/* Settings of Valkey: a cache, so nothing is kept on disk. */}}
{{- define "infra.valkeyConf" -}}
{{- $limit := include "infra.mebibytes" (dict "value" .Values.valkey.resources.limits.memory "name" "valkey.resources.limits.memory") | int -}}
bind * -::*
port 6379
# The default user is off, so that nobody gets in without a password.
protected-mode no
aclfile /run/valkey/users.acl
dir /data
save ""
appendonly no
maxmemory {{ div (mul $limit 6) 10 }}mb
maxmemory-policy allkeys-lru
tcp-keepalive 60
timeout 0
loglevel notice
{{- end -}}

{{/* Users of Valkey. `flux` may do what the contracts say; `probe` is for probes and for looking at the adapter's channels. */}}
{{- define "infra.valkeyUsers" -}}
user default off resetkeys resetchannels -@all
user flux on #@HASH@ {{ (include "infra.contracts" . | fromJson).valkeyAcl }}
user probe on #@HASH@ resetkeys resetchannels -@all +ping +info +pubsub|shardchannels +pubsub|shardnumsub
{{- end -}}
