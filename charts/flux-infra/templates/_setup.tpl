{{/* What the setup job makes, as JSON for its file. */}}
{{- define "infra.setupFile" -}}
{{- $cluster := include "infra.cluster" . -}}
{{- $topics := list -}}
{{- range (include "infra.topics" . | fromJson).items -}}
{{- $topic := dict "name" .name "partitions" (int .partitions) "delivery" .delivery "config" .config -}}
{{- if eq $.Values.kafka.provider "external" }}{{ $_ := set $topic "replicas" (int $.Values.kafka.replicationFactor) }}{{ end -}}
{{- $topics = append $topics $topic -}}
{{- end -}}
{{- $users := list -}}
{{- range (include "infra.contracts" . | fromJson).users -}}
{{- $name := printf "%s-%s" $cluster .name -}}
{{- $users = append $users (dict "name" $name "passwordFile" (printf "/var/run/flux/kafka-users/%s/password" $name) "acls" .acls) -}}
{{- end -}}
{{- dict "topics" $topics "users" $users | toPrettyJson -}}
{{- end -}}

{{/* User name and Secret of the administrator. As JSON: { user, secret, brokers, ca }. */}}
{{- define "infra.setupAccess" -}}
{{- $cluster := include "infra.cluster" . -}}
{{- $admin := printf "%s-admin" $cluster -}}
{{- $ca := printf "%s-cluster-ca-cert" $cluster -}}
{{- if eq .Values.kafka.provider "external" -}}
{{- $external := .Values.kafka.external -}}
{{- dict "user" ($external.setup.adminUsername | default $admin) "secret" ($external.setup.adminSecret | default $admin) "brokers" (join "," $external.bootstrapServers) "ca" ($external.caSecret | default $ca) | toJson -}}
{{- else -}}
{{- dict "user" $admin "secret" $admin "brokers" (printf "%s-kafka-bootstrap:9093" $cluster) "ca" $ca | toJson -}}
{{- end -}}
{{- end -}}

{{/* The job but for its name, which is made of this. */}}
{{- define "infra.setupSpec" -}}
{{- $cluster := include "infra.cluster" . -}}
{{- $values := .Values.kafka.setup -}}
{{- $access := include "infra.setupAccess" . | fromJson -}}
backoffLimit: {{ int $values.backoffLimit }}
ttlSecondsAfterFinished: {{ int $values.ttlSecondsAfterFinished }}
template:
  metadata:
    labels:
      {{- include "infra.selector" (dict "root" . "component" "kafka-setup") | nindent 6 }}
      app.kubernetes.io/part-of: flux
      flux.dev/kafka: {{ $cluster }}
      {{- with $values.podLabels }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    annotations:
      checksum/setup: {{ include "infra.setupFile" . | sha256sum }}
      flux.dev/secrets-revision: {{ .Values.kafka.standalone.secretsRevision | quote }}
      {{- with $values.podAnnotations }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
  spec:
    {{- include "infra.pod" (dict "root" . "values" $values "user" 65532) | nindent 4 }}
    serviceAccountName: {{ $cluster }}-kafka-setup
    restartPolicy: OnFailure
    containers:
      - name: kafka-setup
        {{- include "infra.containerImage" (dict "root" . "image" $values.image) | nindent 8 }}
        command: [node, src/main.ts, kafka-setup]
        {{- include "infra.container" . | nindent 8 }}
        env:
          - name: KAFKA_BROKERS
            value: {{ $access.brokers | quote }}
          - name: KAFKA_CA_FILE
            value: /var/run/flux/kafka/ca.crt
          - name: KAFKA_USERNAME
            value: {{ $access.user | quote }}
          - name: KAFKA_PASSWORD_FILE
            value: /var/run/flux/kafka-admin/password
          # Where `scripts/secrets.sh --rotate admin` keeps the one before; not a file, since most of the time there is none.
          - name: KAFKA_PREVIOUS_PASSWORD
            valueFrom:
              secretKeyRef: { name: {{ $access.secret }}, key: previous, optional: true }
          - name: KAFKA_SETUP_FILE
            value: /etc/flux/setup.json
          - name: KAFKA_SETUP_TIMEOUT_MS
            value: {{ int $values.timeoutMs | quote }}
          {{- with $values.extraEnv }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
        resources:
          {{- toYaml $values.resources | nindent 10 }}
        volumeMounts:
          - { name: tmp, mountPath: /tmp }
          - { name: setup, mountPath: /etc/flux, readOnly: true }
          - { name: ca, mountPath: /var/run/flux/kafka, readOnly: true }
          - { name: admin, mountPath: /var/run/flux/kafka-admin, readOnly: true }
          - { name: users, mountPath: /var/run/flux/kafka-users, readOnly: true }
          {{- with $values.extraVolumeMounts }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
    volumes:
      - name: tmp
        emptyDir: { sizeLimit: 16Mi }
      - name: setup
        configMap: { name: {{ $cluster }}-kafka-setup }
      - name: ca
        secret:
          secretName: {{ $access.ca }}
          defaultMode: 0440
          items: [{ key: ca.crt, path: ca.crt }]
      - name: admin
        secret:
          secretName: {{ $access.secret }}
          defaultMode: 0440
      - name: users
        {{- include "infra.passwordVolume" (include "infra.kafkaUserNames" . | fromJson).items | nindent 8 }}
      {{- with $values.extraVolumes }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
{{- end -}}

{{/* Name of the setup job. A job cannot be changed, so that what it does is in its name: another job is another object, for Helm and for kubectl. */}}
{{- define "infra.setupName" -}}
{{ include "infra.cluster" . }}-kafka-setup-{{ include "infra.setupSpec" . | sha256sum | trunc 8 }}
{{- end -}}
