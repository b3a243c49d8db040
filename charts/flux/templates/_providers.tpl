{{/* Variables for the way to the providers, as a map: proxy and certificate authorities of the network. */}}
{{- define "flux.providerEnv" -}}
{{- $proxy := .Values.providerEgress.proxy -}}
{{- if or $proxy.https $proxy.http }}
# Without it Node does not look at the others.
NODE_USE_ENV_PROXY:
  value: "1"
NO_PROXY:
  value: {{ without (list "localhost,127.0.0.1,.svc,.cluster.local" (include "flux.otlpHost" .) $proxy.noProxy) "" | join "," | quote }}
{{- with $proxy.https }}
HTTPS_PROXY:
  value: {{ . | quote }}
{{- end }}
{{- with $proxy.http }}
HTTP_PROXY:
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- if include "flux.extraCaSource" . }}
NODE_EXTRA_CA_CERTS:
  value: /var/run/flux/extra-ca/ca.crt
{{- end }}
{{- end }}

{{/* Host of the OTLP collector: never reached by the proxy to the providers. */}}
{{- define "flux.otlpHost" -}}
{{- with .Values.otlp.endpoint -}}
{{- (urlParse .).hostname -}}
{{- end -}}
{{- end }}

{{/* Where the certificates of further authorities are: a volume source, or nothing. */}}
{{- define "flux.extraCaSource" -}}
{{- $ca := .Values.providerEgress.extraCa -}}
{{- if $ca.secret -}}
secret:
  secretName: {{ $ca.secret }}
  items:
    - key: {{ $ca.key }}
      path: ca.crt
{{- else if $ca.configMap -}}
configMap:
  name: {{ $ca.configMap }}
  items:
    - key: {{ $ca.key }}
      path: ca.crt
{{- end -}}
{{- end }}

{{/* Files for the way to the providers, as a list: further authorities, the service's keys. Takes root and values. */}}
{{- define "flux.providerFiles" -}}
{{- with include "flux.extraCaSource" .root }}
- name: extra-ca
  {{- . | nindent 2 }}
{{- end }}
{{- if .values.existingSecret }}
- name: keys
  secret:
    secretName: {{ .values.existingSecret }}
    # A key that the Secret lacks keeps the pod waiting, with an event that names it.
    items:
      {{- range .values.keys }}
      - key: {{ . }}
        path: {{ . }}
      {{- end }}
{{- end }}
{{- end }}

{{/* What a service may reach, as a list of rules. Takes root and values. */}}
{{- define "flux.serviceEgress" -}}
{{- $reach := .values.egress -}}
{{ include "flux.egressDns" .root }}
{{- if $reach.kafka }}
{{ include "flux.egressKafka" .root }}
{{- end }}
{{- if $reach.valkey }}
{{ include "flux.egressValkey" .root }}
{{- end }}
{{- if $reach.providers }}
{{ include "flux.egressProviders" .root }}
{{- end }}
{{- if .root.Values.otlp.endpoint }}
{{ include "flux.egressOtlp" .root }}
{{- end }}
{{- end }}
