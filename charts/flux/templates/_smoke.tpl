{{/* What the pods of `helm test` may reach, as a list of rules. */}}
{{- define "flux.smokeEgress" -}}
{{ include "flux.egressDns" . }}
{{ include "flux.ruleTo" (dict "root" . "component" "bff" "port" 3000) }}
{{ include "flux.ruleTo" (dict "root" . "component" "frontend" "port" 8080) }}
{{- end }}
