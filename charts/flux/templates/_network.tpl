{{/* Egress to the cluster's DNS, as a list. Takes root. */}}
{{- define "flux.egressDns" -}}
- to:
    {{- toYaml .Values.networkPolicy.dnsEgress | nindent 4 }}
  ports:
    {{- range .Values.networkPolicy.dnsPorts }}
    - port: {{ . }}
      protocol: UDP
    - port: {{ . }}
      protocol: TCP
    {{- end }}
{{- end }}

{{/* Ports of addresses (host:port or URL, separated by commas), each once, as a list. Takes addresses and default. */}}
{{- define "flux.portsOf" -}}
{{- $ports := list -}}
{{- range splitList "," .addresses -}}
{{- $host := regexReplaceAll "^[a-z]+://" (trim .) "" | splitList "/" | first -}}
{{- $ports = append $ports (regexFind ":[0-9]+$" $host | trimPrefix ":" | default (toString $.default)) -}}
{{- end -}}
{{- range uniq $ports }}
- port: {{ . }}
  protocol: TCP
{{- end }}
{{- end }}

{{/* Egress to Kafka's brokers, whoever runs them: the same text for Strimzi and for the standalone broker. */}}
{{- define "flux.egressKafka" -}}
- to:
    {{- if .Values.kafka.bootstrapServers }}
    {{- toYaml .Values.networkPolicy.kafkaEgress | nindent 4 }}
    {{- else }}
    - podSelector:
        matchLabels:
          strimzi.io/cluster: {{ include "flux.kafkaCluster" . | quote }}
          strimzi.io/kind: Kafka
    - podSelector:
        matchLabels:
          flux.dev/kafka-broker: {{ include "flux.kafkaCluster" . | quote }}
    {{- end }}
  ports:
    {{- include "flux.portsOf" (dict "addresses" (include "flux.kafkaBrokers" .) "default" 9092) | nindent 4 }}
{{- end }}

{{- define "flux.egressValkey" -}}
- to:
    {{- if .Values.valkey.external.host }}
    {{- toYaml .Values.networkPolicy.valkeyEgress | nindent 4 }}
    {{- else }}
    - podSelector:
        matchLabels:
          flux.dev/valkey-server: {{ include "flux.kafkaCluster" . | quote }}
    {{- end }}
  ports:
    - port: {{ ternary .Values.valkey.external.port 6379 (ne .Values.valkey.external.host "") }}
      protocol: TCP
{{- end }}

{{/* Egress to the providers: the sandbox when it is on, else their proxy when there is one, else the internet. */}}
{{- define "flux.egressProviders" -}}
{{- $proxy := .Values.providerEgress.proxy -}}
{{- if .Values.sandbox.enabled -}}
{{ include "flux.ruleTo" (dict "root" . "component" "sandbox" "port" 4000) }}
{{- else if or $proxy.https $proxy.http -}}
- to:
    {{- toYaml .Values.networkPolicy.proxyEgress | nindent 4 }}
  ports:
    {{- include "flux.portsOf" (dict "addresses" (without (list $proxy.https $proxy.http) "" | join ",") "default" 80) | nindent 4 }}
{{- else -}}
- to:
    {{- toYaml .Values.networkPolicy.providerEgress | nindent 4 }}
  ports:
    {{- range .Values.networkPolicy.providerPorts }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
{{- end -}}
{{- end }}

{{- define "flux.egressOtlp" -}}
{{- $endpoint := .Values.otlp.endpoint -}}
- to:
    {{- toYaml .Values.networkPolicy.otlpEgress | nindent 4 }}
  ports:
    {{- include "flux.portsOf" (dict "addresses" $endpoint "default" (ternary 443 80 (hasPrefix "https:" $endpoint))) | nindent 4 }}
{{- end }}

{{/* One rule to a component of this release. Takes root, component, port. */}}
{{- define "flux.ruleTo" -}}
- to:
    - podSelector:
        matchLabels:
          {{- include "flux.selectorLabels" . | nindent 10 }}
  ports:
    - port: {{ .port }}
      protocol: TCP
{{- end }}

{{/* One rule from components of this release. Takes root, components (a list), port. */}}
{{- define "flux.ruleFrom" -}}
- from:
    - podSelector:
        matchLabels:
          app.kubernetes.io/name: {{ .root.Chart.Name }}
          app.kubernetes.io/instance: {{ .root.Release.Name }}
        matchExpressions:
          - key: app.kubernetes.io/component
            operator: In
            values:
              {{- toYaml .components | nindent 14 }}
  ports:
    - port: {{ .port }}
      protocol: TCP
{{- end }}

{{/* One rule from peers; nothing without any: an empty list would admit everybody. Takes peers and port. */}}
{{- define "flux.rulePeers" -}}
{{- with .peers -}}
- from:
    {{- toYaml . | nindent 4 }}
  ports:
    - port: {{ $.port }}
      protocol: TCP
{{- end -}}
{{- end }}

{{/*
The NetworkPolicy of a component: what is not named is refused both ways. Takes root, component, values;
ingress and egress, the lists of rules as YAML.
*/}}
{{- define "flux.networkPolicy" -}}
{{- if .root.Values.networkPolicy.enabled -}}
{{- $ingress := concat (.ingress | fromYamlArray) .values.extraIngress -}}
{{- $egress := concat (.egress | fromYamlArray) .values.extraEgress -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "flux.metadata" (dict "root" .root "component" .component) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "flux.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- with $ingress }}
  ingress:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $egress }}
  egress:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end }}
