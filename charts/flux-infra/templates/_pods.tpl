{{/* Name of an image. Takes (dict "root" $ "image" VALUES). */}}
{{- define "infra.image" -}}
{{- $registry := .image.registry | default .root.Values.global.image.registry -}}
{{- $name := ternary (printf "%s/%s" (trimSuffix "/" $registry) .image.repository) .image.repository (ne $registry "") -}}
{{- if .image.digest }}{{ $name }}@{{ .image.digest }}{{ else }}{{ $name }}:{{ .image.tag | default .root.Chart.AppVersion }}{{ end -}}
{{- end -}}

{{/* Image and pull policy of a container. Takes (dict "root" $ "image" VALUES). */}}
{{- define "infra.containerImage" -}}
image: {{ include "infra.image" . | quote }}
imagePullPolicy: {{ .image.pullPolicy | default .root.Values.global.image.pullPolicy | default "IfNotPresent" }}
{{- end -}}

{{/* What every pod has in common. Takes (dict "root" $ "values" COMPONENT "user" UID). */}}
{{- define "infra.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.global.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Security context of every container. */}}
{{- define "infra.container" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{/* A memory quantity in MiB. Takes (dict "value" QUANTITY "name" NAME). */}}
{{- define "infra.mebibytes" -}}
{{- $value := toString .value -}}
{{- if regexMatch "^[0-9]+Mi$" $value -}}
{{- trimSuffix "Mi" $value -}}
{{- else if regexMatch "^[0-9]+Gi$" $value -}}
{{- mul 1024 (int (trimSuffix "Gi" $value)) -}}
{{- else -}}
{{- fail (printf "\n\n%s: %q has to be a whole number of Mi or Gi, as 256Mi" .name $value) -}}
{{- end -}}
{{- end -}}
