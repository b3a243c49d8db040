{{/* Who may reach the sandbox, as a list of rules. Takes root and clients, the services that have a provider. */}}
{{- define "flux.sandboxIngress" -}}
{{- if .clients }}
{{ include "flux.ruleFrom" (dict "root" .root "components" .clients "port" 4000) }}
{{- end }}
{{ include "flux.rulePeers" (dict "peers" .root.Values.networkPolicy.metricsFrom "port" 9464) }}
{{- end }}
