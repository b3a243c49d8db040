{{/* Name of the Kafka cluster: first part of every Service and Secret. */}}
{{- define "infra.cluster" -}}
{{- $name := .Values.kafka.clusterName | default (trimSuffix "-infra" .Release.Name) -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$" $name) -}}
{{- fail (printf "\n\nkafka.clusterName: %q cannot begin the names of Services: up to 40 of a-z, 0-9 and -, a letter first. Without it the release's name is taken: --set kafka.clusterName=flux" $name) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/* Labels by which Services and policies find the pods of a component; they never change. Takes (dict "root" $ "component" NAME). */}}
{{- define "infra.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Labels of every object. Takes (dict "root" $ "component" NAME). */}}
{{- define "infra.labels" -}}
{{ include "infra.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: flux
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/*
Labels of Strimzi's Kafka and KafkaNodePool. The operator copies labels to the pods it makes: `part-of` would put them
under other people's default deny, a version would restart the brokers.
*/}}
{{- define "infra.strimziLabels" -}}
{{ include "infra.selector" (dict "root" . "component" "kafka") }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* What the chart takes from the contracts, as JSON. */}}
{{- define "infra.contracts" -}}
{{- .Files.Get "files/kafka.yaml" | fromYaml | toJson -}}
{{- end -}}

{{/* `true` where this chart runs Valkey. */}}
{{- define "infra.ownValkey" -}}
{{- if not .Values.valkey.external.host }}true{{ end -}}
{{- end -}}

{{/* `true` where a job makes topics and users. */}}
{{- define "infra.setup" -}}
{{- $kafka := .Values.kafka -}}
{{- if or (eq $kafka.provider "standalone") (and (eq $kafka.provider "external") $kafka.external.setup.enabled) }}true{{ end -}}
{{- end -}}
