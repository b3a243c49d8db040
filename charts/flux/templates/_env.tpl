{{/*
Where Kafka is, one or more host:port.
*/}}
{{- define "flux.kafkaBrokers" -}}
{{- .Values.kafka.bootstrapServers | default (printf "%s-kafka-bootstrap:9093" (include "flux.kafkaCluster" .)) -}}
{{- end }}

{{/*
Variables of every process of ours, as a map. Takes root, component, values; shutdownSeconds.
*/}}
{{- define "flux.processEnv" -}}
INTERNAL_PORT:
  value: "9464"
LOG_LEVEL:
  value: {{ .values.logLevel | default .root.Values.logLevel }}
REPLICA:
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
FLUX_VERSION:
  value: {{ include "flux.imageTag" . | quote }}
SHUTDOWN_TIMEOUT_MS:
  value: {{ mul .shutdownSeconds 1000 | quote }}
NODE_OPTIONS:
  value: --max-old-space-size={{ include "flux.heapMiB" . }}
{{- with .root.Values.otlp.endpoint }}
OTEL_EXPORTER_OTLP_ENDPOINT:
  value: {{ . }}
TRACE_RATIO:
  value: {{ $.root.Values.otlp.traceRatio | quote }}
{{- end }}
{{- end }}

{{/* Variables of a process on Kafka, as a map. Takes root and component. */}}
{{- define "flux.kafkaEnv" -}}
{{- $kafka := .root.Values.kafka -}}
KAFKA_BROKERS:
  value: {{ include "flux.kafkaBrokers" .root }}
{{- if and $kafka.tls.enabled $kafka.tls.clusterCa }}
KAFKA_CA_FILE:
  value: /var/run/flux/kafka/ca.crt
{{- else if $kafka.tls.enabled }}
KAFKA_TLS:
  value: "true"
{{- end }}
{{- if $kafka.auth.enabled }}
KAFKA_USERNAME:
  value: {{ $kafka.auth.username | default (include "flux.kafkaUser" .) }}
KAFKA_PASSWORD_FILE:
  value: /var/run/flux/kafka-user/password
{{- end }}
{{- end }}

{{/* Name of a component's Kafka user and of its Secret. Takes root and component. */}}
{{- define "flux.kafkaUser" -}}
{{- printf "%s-%s" (include "flux.kafkaCluster" .root) .component -}}
{{- end }}

{{/* Variables of a process on Valkey, as a map. Takes root. */}}
{{- define "flux.valkeyEnv" -}}
{{- $external := .root.Values.valkey.external -}}
VALKEY_URL:
  {{- if $external.host }}
  value: {{ ternary "rediss" "redis" $external.tls }}://{{ $external.host }}:{{ $external.port }}
  {{- else }}
  value: redis://{{ include "flux.kafkaCluster" .root }}-valkey:6379
  {{- end }}
{{- if include "flux.valkeySecret" .root }}
VALKEY_USERNAME:
  value: {{ ternary $external.username "flux" (ne $external.host "") }}
VALKEY_PASSWORD_FILE:
  value: /var/run/flux/valkey/password
{{- end }}
{{- if and $external.host $external.caSecret }}
VALKEY_CA_FILE:
  value: /var/run/flux/valkey-ca/ca.crt
{{- end }}
{{- end }}

{{/* The Secret with Valkey's password; nothing for an external one without. */}}
{{- define "flux.valkeySecret" -}}
{{- if .Values.valkey.external.host -}}
{{- .Values.valkey.external.existingSecret -}}
{{- else -}}
{{- include "flux.kafkaCluster" . }}-valkey
{{- end -}}
{{- end }}

{{/*
Kafka's and Valkey's files of a component as a list of name (the folder), and volume: whole files, never subPath, so
that renewed secrets come in. Takes root, component, kafka and valkey (true or false).
*/}}
{{- define "flux.backboneFiles" -}}
{{- $kafka := .root.Values.kafka -}}
{{- $external := .root.Values.valkey.external -}}
{{- if and .kafka $kafka.tls.enabled $kafka.tls.clusterCa }}
- name: kafka
  secret:
    secretName: {{ $kafka.tls.caSecret | default (printf "%s-cluster-ca-cert" (include "flux.kafkaCluster" .root)) }}
    items:
      - key: {{ $kafka.tls.caKey }}
        path: ca.crt
{{- end }}
{{- if and .kafka $kafka.auth.enabled }}
- name: kafka-user
  secret:
    secretName: {{ $kafka.auth.existingSecret | default (include "flux.kafkaUser" .) }}
    items:
      - key: {{ $kafka.auth.passwordKey }}
        path: password
{{- end }}
{{- if and .valkey (include "flux.valkeySecret" .root) }}
- name: valkey
  secret:
    secretName: {{ include "flux.valkeySecret" .root }}
    items:
      - key: {{ ternary $external.passwordKey "password" (ne $external.host "") }}
        path: password
{{- end }}
{{- if and .valkey $external.host $external.caSecret }}
- name: valkey-ca
  secret:
    secretName: {{ $external.caSecret }}
    items:
      - key: {{ $external.caKey }}
        path: ca.crt
{{- end }}
{{- end }}

{{/* Mounts of files, as JSON: each volume in the folder of its name. Takes a list of volumes. */}}
{{- define "flux.fileMounts" -}}
{{- $mounts := list -}}
{{- range . -}}
{{- $mounts = append $mounts (dict "name" .name "mountPath" (printf "/var/run/flux/%s" .name) "readOnly" true) -}}
{{- end -}}
{{- toJson $mounts -}}
{{- end }}

{{/* Labels that Kafka's and Valkey's own policies admit, as a map. Takes root, kafka and valkey (true or false). */}}
{{- define "flux.backboneLabels" -}}
{{- if .kafka }}
flux.dev/kafka: {{ include "flux.kafkaCluster" .root | quote }}
{{- end }}
{{- if .valkey }}
flux.dev/valkey: {{ include "flux.kafkaCluster" .root | quote }}
{{- end }}
{{- end }}
