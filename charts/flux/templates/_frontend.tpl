{{/* Who may reach the page and, through it, the BFF, as a list of rules. */}}
{{- define "flux.frontendIngress" -}}
{{- if .Values.tests.enabled }}
{{ include "flux.ruleFrom" (dict "root" . "components" (list "smoke") "port" 8080) }}
{{- end }}
{{ include "flux.rulePeers" (dict "peers" .Values.networkPolicy.ingressFrom "port" 8080) }}
{{- end }}

{{/* What the frontend may reach, as a list of rules. */}}
{{- define "flux.frontendEgress" -}}
{{ include "flux.egressDns" . }}
{{ include "flux.ruleTo" (dict "root" . "component" "bff" "port" 3000) }}
{{- end }}
