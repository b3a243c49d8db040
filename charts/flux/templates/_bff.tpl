{{/*
Variables of the BFF alone, as a map. Without trusted proxies every client has the address of the nginx or gateway before it:
the limits of one address would hold for all clients together, so they are off.
*/}}
{{- define "flux.bffEnv" -}}
{{- $values := .Values.bff -}}
{{- $limits := $values.limits -}}
{{- $known := not (empty $values.trustedProxies) -}}
PORT:
  value: "3000"
SESSION_KEYS_FILE:
  value: /var/run/flux/session/keys
DRAIN_MS:
  value: {{ mul $values.drainSeconds 1000 | quote }}
{{- with $values.allowedOrigins }}
ALLOWED_ORIGINS:
  value: {{ join "," . | quote }}
{{- end }}
{{- with $values.trustedProxies }}
TRUSTED_PROXIES:
  value: {{ join "," . | quote }}
{{- end }}
MAX_CONNECTIONS:
  value: {{ $limits.connections | int64 | quote }}
MAX_CONNECTIONS_PER_ADDRESS:
  value: {{ ternary $limits.connectionsPerAddress 0 $known | int64 | quote }}
NEW_DEMAND_PER_ADDRESS:
  value: {{ ternary $limits.newDemandPerAddress 0 $known | int64 | quote }}
NEW_DEMAND_PER_USER:
  value: {{ $limits.newDemandPerUser | int64 | quote }}
EVENT_BURST:
  value: {{ $limits.eventBurst | int64 | quote }}
EVENTS_PER_SECOND:
  value: {{ $limits.eventsPerSecond | int64 | quote }}
COLD_HYDRATES_PER_MINUTE:
  value: {{ $limits.coldHydratesPerMinute | int64 | quote }}
HYDRATE_BYTES_IN_FLIGHT:
  value: {{ $limits.hydrateBytesInFlight | int64 | quote }}
{{- end }}

{{/* Seconds from the end's announcement to SIGKILL that the drain needs, and 10 to spare. */}}
{{- define "flux.bffGraceNeeded" -}}
{{- add .Values.bff.preStopSeconds .Values.bff.drainSeconds 10 -}}
{{- end }}

{{- define "flux.bffGrace" -}}
{{- .Values.bff.terminationGracePeriodSeconds | default (include "flux.bffGraceNeeded" .) -}}
{{- end }}

{{/* Whether something from outside comes to the BFF without the frontend in between. */}}
{{- define "flux.bffExposed" -}}
{{- if or .Values.ingress.enabled .Values.httpRoute.enabled (ne .Values.bff.service.type "ClusterIP") -}}true{{- end -}}
{{- end }}

{{/* Who may reach the BFF, as a list of rules. */}}
{{- define "flux.bffIngress" -}}
{{- $components := list "frontend" -}}
{{- if .Values.tests.enabled -}}
{{- $components = append $components "smoke" -}}
{{- end -}}
{{ include "flux.ruleFrom" (dict "root" . "components" $components "port" 3000) }}
{{- if include "flux.bffExposed" . }}
{{ include "flux.rulePeers" (dict "peers" .Values.networkPolicy.ingressFrom "port" 3000) }}
{{- end }}
{{ include "flux.rulePeers" (dict "peers" .Values.networkPolicy.metricsFrom "port" 9464) }}
{{- end }}

{{/* What the BFF may reach, as a list of rules. */}}
{{- define "flux.bffEgress" -}}
{{ include "flux.egressDns" . }}
{{ include "flux.egressKafka" . }}
{{ include "flux.egressValkey" . }}
{{- if .Values.otlp.endpoint }}
{{ include "flux.egressOtlp" . }}
{{- end }}
{{- end }}
