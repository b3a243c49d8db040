{{/* Stops with a sentence that names the fix, for what the schema cannot say. */}}
{{- define "flux.checks" -}}
{{- include "flux.checkNames" . -}}
{{- include "flux.checkApis" . -}}
{{- include "flux.checkBackbone" . -}}
{{- include "flux.checkEdge" . -}}
{{- include "flux.checkServices" . -}}
{{- $bff := .Values.bff -}}
{{- $grace := $bff.terminationGracePeriodSeconds | int -}}
{{- $needed := include "flux.bffGraceNeeded" . | int -}}
{{- if and $grace (lt $grace $needed) -}}
{{- fail (printf "bff.terminationGracePeriodSeconds is %d, but preStopSeconds, drainSeconds and 10 more need %d; raise it, or set it to 0 to have it computed" $grace $needed) -}}
{{- end -}}
{{- if lt (int $bff.autoscaling.maxReplicas) (int $bff.autoscaling.minReplicas) -}}
{{- fail "bff.autoscaling.maxReplicas is less than minReplicas; raise it" -}}
{{- end -}}
{{- end }}

{{- define "flux.checkNames" -}}
{{- if gt (len (include "flux.fullname" .)) 30 -}}
{{- fail (printf "the name %q is longer than 30 characters: names of Services would be too long; set fullnameOverride to a shorter one" (include "flux.fullname" .)) -}}
{{- end -}}
{{- end }}

{{/* An API that the cluster lacks. Takes root, api, value (what asks for it), fix. */}}
{{- define "flux.needApi" -}}
{{- if not (.root.Capabilities.APIVersions.Has .api) -}}
{{- fail (printf "%s needs the API %s, which this cluster does not have: %s (checkApis=false renders all the same)" .value .api .fix) -}}
{{- end -}}
{{- end }}

{{- define "flux.checkApis" -}}
{{- if .Values.checkApis -}}
{{- if .Values.serviceMonitor.enabled -}}
{{- include "flux.needApi" (dict "root" . "api" "monitoring.coreos.com/v1/ServiceMonitor" "value" "serviceMonitor.enabled" "fix" "install the Prometheus operator, or set serviceMonitor.enabled=false") -}}
{{- end -}}
{{- if .Values.prometheusRule.enabled -}}
{{- include "flux.needApi" (dict "root" . "api" "monitoring.coreos.com/v1/PrometheusRule" "value" "prometheusRule.enabled" "fix" "install the Prometheus operator, or set prometheusRule.enabled=false") -}}
{{- end -}}
{{- if .Values.httpRoute.enabled -}}
{{- include "flux.needApi" (dict "root" . "api" "gateway.networking.k8s.io/v1/HTTPRoute" "value" "httpRoute.enabled" "fix" "install the Gateway API and a gateway, or use ingress.enabled=true") -}}
{{- end -}}
{{- if .Values.bff.autoscaling.enabled -}}
{{- if eq .Values.bff.autoscaling.metric "connections" -}}
{{- include "flux.needApi" (dict "root" . "api" "custom.metrics.k8s.io/v1beta1" "value" "bff.autoscaling.metric=connections" "fix" "install prometheus-adapter with the rule in the chart's README, or set bff.autoscaling.metric=cpu") -}}
{{- else -}}
{{- include "flux.needApi" (dict "root" . "api" "metrics.k8s.io/v1beta1" "value" "bff.autoscaling.metric=cpu" "fix" "install metrics-server, or set bff.autoscaling.enabled=false") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Peers that a policy needs for something outside. Takes root, wanted (what leads there), peers (name of the value). */}}
{{- define "flux.needPeers" -}}
{{- if and .root.Values.networkPolicy.enabled (empty (get .root.Values.networkPolicy .peers)) -}}
{{- fail (printf "%s is set, but networkPolicy.%s names nobody, so the policies would refuse it; add peers, as {ipBlock: {cidr: 10.0.0.0/8}} or {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAMESPACE}}}" .wanted .peers) -}}
{{- end -}}
{{- end }}

{{- define "flux.checkBackbone" -}}
{{- $kafka := .Values.kafka -}}
{{- $valkey := .Values.valkey.external -}}
{{- if $kafka.bootstrapServers -}}
{{- include "flux.needPeers" (dict "root" . "wanted" "kafka.bootstrapServers" "peers" "kafkaEgress") -}}
{{- end -}}
{{- if and $kafka.auth.username (not $kafka.auth.existingSecret) -}}
{{- fail "kafka.auth.username is set without kafka.auth.existingSecret; name the Secret that holds its password" -}}
{{- end -}}
{{- if and $kafka.auth.existingSecret (not $kafka.auth.username) -}}
{{- fail "kafka.auth.existingSecret is set without kafka.auth.username; name the user whose password it holds" -}}
{{- end -}}
{{- if $valkey.host -}}
{{- include "flux.needPeers" (dict "root" . "wanted" "valkey.external.host" "peers" "valkeyEgress") -}}
{{- else if or $valkey.existingSecret $valkey.caSecret $valkey.tls -}}
{{- fail "valkey.external has settings but no host; set valkey.external.host, or take the others away" -}}
{{- end -}}
{{- if .Values.otlp.endpoint -}}
{{- include "flux.needPeers" (dict "root" . "wanted" "otlp.endpoint" "peers" "otlpEgress") -}}
{{- end -}}
{{- end }}

{{- define "flux.checkEdge" -}}
{{- if .Values.ingress.enabled -}}
{{- include "flux.needPeers" (dict "root" . "wanted" "ingress.enabled" "peers" "ingressFrom") -}}
{{- end -}}
{{- if .Values.httpRoute.enabled -}}
{{- include "flux.needPeers" (dict "root" . "wanted" "httpRoute.enabled" "peers" "ingressFrom") -}}
{{- if not .Values.httpRoute.parentRefs -}}
{{- fail "httpRoute.enabled is set without httpRoute.parentRefs; name the gateway, as [{name: public, namespace: gateways}]" -}}
{{- end -}}
{{- end -}}
{{- range $component := list "frontend" "bff" -}}
{{- $type := (get $.Values $component).service.type -}}
{{- if ne $type "ClusterIP" -}}
{{- include "flux.needPeers" (dict "root" $ "wanted" (printf "%s.service.type=%s" $component $type) "peers" "ingressFrom") -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "flux.checkServices" -}}
{{- $proxy := .Values.providerEgress.proxy -}}
{{- $ca := .Values.providerEgress.extraCa -}}
{{- if and (or $proxy.https $proxy.http) (not .Values.sandbox.enabled) -}}
{{- include "flux.needPeers" (dict "root" . "wanted" "providerEgress.proxy" "peers" "proxyEgress") -}}
{{- end -}}
{{- if and $ca.secret $ca.configMap -}}
{{- fail "providerEgress.extraCa names a Secret and a ConfigMap; keep one of them" -}}
{{- end -}}
{{- range $name, $service := include "flux.services" . | fromJson -}}
{{- if and $service.existingSecret (not $service.keys) -}}
{{- fail (printf "services.%s.existingSecret is set, but the service has no keys; list them, as keys: [EXAMPLE_API_KEY], or take the Secret away" $name) -}}
{{- end -}}
{{- end -}}
{{- end }}
