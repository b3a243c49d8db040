{{/*
A Deployment with its ServiceAccount and, with more than one replica, its PodDisruptionBudget. Takes
  root, component, values   of the component
  env                       map of variables, each value or valueFrom
  ports                     map of port names to numbers
  volumes, mounts           lists
  probes                    the container's three probes as YAML
  graceSeconds              time from SIGTERM's announcement to SIGKILL
  preStopSeconds            optional: time for the endpoints to go before SIGTERM comes
  user                      numeric user of the process
  podLabels, podAnnotations optional, beside those of the values
*/}}
{{- define "flux.deployment" -}}
{{- $root := .root -}}
{{- $values := .values -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "flux.metadata" (dict "root" $root "component" .component "annotations" $values.serviceAccount.annotations) | nindent 2 }}
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "flux.metadata" (dict "root" $root "component" .component) | nindent 2 }}
spec:
  {{- if not (dig "autoscaling" "enabled" false $values) }}
  replicas: {{ $values.replicas }}
  {{- end }}
  revisionHistoryLimit: {{ $root.Values.revisionHistoryLimit }}
  minReadySeconds: {{ $values.minReadySeconds }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector:
    matchLabels:
      {{- include "flux.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "flux.selectorLabels" . | nindent 8 }}
        app.kubernetes.io/part-of: flux
        {{- with merge (dict) $values.podLabels (.podLabels | default dict) }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with merge (dict) $values.podAnnotations (.podAnnotations | default dict) }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "flux.podCommon" . | nindent 6 }}
      terminationGracePeriodSeconds: {{ .graceSeconds }}
      topologySpreadConstraints:
        {{- include "flux.spread" . | nindent 8 }}
      containers:
        - name: {{ .component }}
          {{- include "flux.containerImage" . | nindent 10 }}
          {{- with $values.command }}
          command:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with include "flux.containerEnv" . | trim }}
          env:
            {{- . | nindent 12 }}
          {{- end }}
          ports:
            {{- range $name, $port := .ports }}
            - name: {{ $name }}
              containerPort: {{ $port }}
            {{- end }}
          {{- .probes | nindent 10 }}
          {{- with .preStopSeconds }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ . }}
          {{- end }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          securityContext:
            {{- include "flux.containerSecurity" . | nindent 12 }}
          {{- with concat .mounts $values.extraVolumeMounts }}
          volumeMounts:
            {{- toYaml . | nindent 12 }}
          {{- end }}
      {{- with concat .volumes $values.extraVolumes }}
      volumes:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- if gt (include "flux.minReplicas" $values | int) 1 }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "flux.metadata" (dict "root" $root "component" .component) | nindent 2 }}
spec:
  maxUnavailable: 1
  # A pod that is not ready serves nobody: it must not hold up a drain.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "flux.selectorLabels" . | nindent 6 }}
{{- end }}
{{- end }}
