{{/* Prefix of every name. */}}
{{- define "flux.fullname" -}}
{{- .Values.fullnameOverride | default .Release.Name -}}
{{- end }}

{{/* Name of the Kafka cluster: secrets, users and services of flux-infra begin with it. */}}
{{- define "flux.kafkaCluster" -}}
{{- .Values.kafka.clusterName | default .Release.Name -}}
{{- end }}

{{/* Name of a component's objects. Takes root and component. */}}
{{- define "flux.componentName" -}}
{{- printf "%s-%s" (include "flux.fullname" .root) .component -}}
{{- end }}

{{/* The only labels of selectors: they can never change. Takes root and component. */}}
{{- define "flux.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Labels of a component's objects. Takes root and component. */}}
{{- define "flux.labels" -}}
{{ include "flux.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: flux
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Metadata of an object of a component. Takes root, component; suffix of the name, labels and annotations if any. */}}
{{- define "flux.metadata" -}}
name: {{ include "flux.componentName" . }}{{ with .suffix }}-{{ . }}{{ end }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "flux.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/*
Settings of the domain services by name, as JSON: the defaults of all under each one's own.
A service is left out by `enabled: false`.
*/}}
{{- define "flux.services" -}}
{{- $all := dict -}}
{{- range $name, $own := .Values.services -}}
{{- $service := mergeOverwrite (deepCopy $.Values.serviceDefaults) (deepCopy ($own | default dict)) -}}
{{- if not $service.image.repository -}}
{{- $_ := set $service.image "repository" (printf "flux/%s-service" $name) -}}
{{- end -}}
{{- if $service.enabled -}}
{{- $_ := set $all $name $service -}}
{{- end -}}
{{- end -}}
{{- toJson $all -}}
{{- end }}

{{/* Components that have an internal port of probes and metrics, as JSON. */}}
{{- define "flux.nodeComponents" -}}
{{- $names := list "bff" -}}
{{- range $name, $_ := include "flux.services" . | fromJson -}}
{{- $names = append $names (printf "%s-service" $name) -}}
{{- end -}}
{{- if .Values.sandbox.enabled -}}
{{- $names = append $names "sandbox" -}}
{{- end -}}
{{- toJson $names -}}
{{- end }}

{{/* Replicas that are there at least. Takes the settings of a component. */}}
{{- define "flux.minReplicas" -}}
{{- $autoscaling := .autoscaling | default dict -}}
{{- ternary $autoscaling.minReplicas .replicas ($autoscaling.enabled | default false) -}}
{{- end }}
