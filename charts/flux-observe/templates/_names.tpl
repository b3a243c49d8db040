{{/* The only labels of selectors: they can never change. */}}
{{- define "observe.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: observe
{{- end }}

{{/* Metadata of an object. Takes root; suffix of the name if any. */}}
{{- define "observe.metadata" -}}
name: {{ .root.Release.Name }}{{ with .suffix }}-{{ . }}{{ end }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "observe.selector" .root | nindent 2 }}
  app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
  app.kubernetes.io/part-of: flux
  app.kubernetes.io/managed-by: {{ .root.Release.Service }}
  helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Processes of the chart flux, as JSON: those of its own values, of which `files/flux-values.yaml` is a link. */}}
{{- define "observe.processes" -}}
{{- $names := list "bff" "sandbox" -}}
{{- range $name, $_ := (.Files.Get "files/flux-values.yaml" | fromYaml).services -}}
{{- $names = append $names (printf "%s-service" $name) -}}
{{- end -}}
{{- toJson (sortAlpha $names) -}}
{{- end }}

{{- define "observe.kafkaCluster" -}}
{{- .Values.kafkaCluster | default .Values.release -}}
{{- end }}

{{/* Image and pull policy of a container. Takes its values. */}}
{{- define "observe.image" -}}
image: {{ printf "%s:%s" .image.repository .image.tag | quote }}
imagePullPolicy: {{ .image.pullPolicy }}
{{- end }}

{{- define "observe.security" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{/* The three probes by an address inside the pod: nothing listens outside of it. Takes the address. */}}
{{- define "observe.probes" -}}
startupProbe:
  exec: { command: [wget, -q, -O, /dev/null, {{ . | quote }}] }
  periodSeconds: 2
  failureThreshold: 60
  timeoutSeconds: 3
readinessProbe:
  exec: { command: [wget, -q, -O, /dev/null, {{ . | quote }}] }
  periodSeconds: 10
  timeoutSeconds: 3
livenessProbe:
  exec: { command: [wget, -q, -O, /dev/null, {{ . | quote }}] }
  periodSeconds: 20
  timeoutSeconds: 5
{{- end }}
