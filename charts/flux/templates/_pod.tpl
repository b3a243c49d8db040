{{/* Security of a pod under the restricted standard. Takes user (numeric) and values. */}}
{{- define "flux.podSecurity" -}}
{{- $default := dict "runAsNonRoot" true "runAsUser" .user "runAsGroup" .user "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- toYaml (mergeOverwrite $default (deepCopy .values.podSecurityContext)) -}}
{{- end }}

{{/* Security of a container under the restricted standard. Takes values. */}}
{{- define "flux.containerSecurity" -}}
{{- $default := dict "allowPrivilegeEscalation" false "readOnlyRootFilesystem" true "capabilities" (dict "drop" (list "ALL")) -}}
{{- toYaml (mergeOverwrite $default (deepCopy .values.securityContext)) -}}
{{- end }}

{{/* What every pod has beside its containers. Takes root, component, values, user. */}}
{{- define "flux.podCommon" -}}
serviceAccountName: {{ include "flux.componentName" . }}
automountServiceAccountToken: false
# Variables for every Service of the namespace could overwrite settings.
enableServiceLinks: false
securityContext:
  {{- include "flux.podSecurity" . | nindent 2 }}
{{- with .root.Values.global.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Replicas apart over zones and nodes, as far as there are some. Takes root, component, values. */}}
{{- define "flux.spread" -}}
{{- if .values.topologySpreadConstraints -}}
{{- toYaml .values.topologySpreadConstraints -}}
{{- else -}}
{{- range $at, $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" -}}
{{- if $at }}
{{ end -}}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "flux.selectorLabels" $ | nindent 6 }}
  # A rolling update spreads its new pods by themselves.
  matchLabelKeys: [pod-template-hash]
{{- end -}}
{{- end -}}
{{- end }}

{{/* Probes of a process with an internal port: liveness is the event loop alone. Takes values. */}}
{{- define "flux.nodeProbes" -}}
{{- $live := dict "path" "/livez" "port" "internal" -}}
{{- $ready := dict "path" "/readyz" "port" "internal" -}}
{{- include "flux.probes" (dict "values" .values "live" $live "ready" $ready) -}}
{{- end }}

{{/* Three probes, each under its own settings. Takes values; live and ready, each path and port. */}}
{{- define "flux.probes" -}}
{{- $startup := dict "httpGet" (deepCopy .live) "periodSeconds" 2 "timeoutSeconds" 2 "failureThreshold" 120 -}}
{{- $liveness := dict "httpGet" (deepCopy .live) "periodSeconds" 10 "timeoutSeconds" 5 "failureThreshold" 6 -}}
{{- $readiness := dict "httpGet" (deepCopy .ready) "periodSeconds" 5 "timeoutSeconds" 3 "failureThreshold" 3 -}}
startupProbe:
  {{- toYaml (mergeOverwrite $startup (deepCopy .values.probes.startup)) | nindent 2 }}
livenessProbe:
  {{- toYaml (mergeOverwrite $liveness (deepCopy .values.probes.liveness)) | nindent 2 }}
readinessProbe:
  {{- toYaml (mergeOverwrite $readiness (deepCopy .values.probes.readiness)) | nindent 2 }}
{{- end }}

{{/*
The environment of a container as a list: what the chart sets (`env`, a map of name to value or valueFrom) under the
settings `env` and `extraEnv`, every name once. Takes values and env.
*/}}
{{- define "flux.containerEnv" -}}
{{- $env := .env -}}
{{- range $name, $value := .values.env -}}
{{- $_ := set $env $name (dict "value" ($value | toString)) -}}
{{- end -}}
{{- range .values.extraEnv -}}
{{- $env = omit $env .name -}}
{{- end -}}
{{- range $name, $from := $env }}
- name: {{ $name }}
  {{- toYaml $from | nindent 2 }}
{{- end }}
{{- with .values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}
