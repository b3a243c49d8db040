{{/* Pod template of what Strimzi runs: restricted Pod Security. Its images' user is 1001, their files belong to group 0. */}}
{{- define "infra.strimziPod" -}}
pod:
  {{- with .Values.global.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  enableServiceLinks: false
  securityContext:
    runAsNonRoot: true
    runAsUser: 1001
    fsGroup: 0
    seccompProfile: { type: RuntimeDefault }
{{- end -}}
