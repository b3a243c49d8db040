{{/*
Settings of the standalone broker. Clients get what Strimzi's listener gives them. The two other listeners are for this
pod alone: the controller's by TLS with the broker's own certificate, and one for the probe, whose user has no rights.
*/}}
{{- define "infra.standaloneProperties" -}}
{{- $cluster := include "infra.cluster" . -}}
process.roles=broker,controller
node.id=0
controller.quorum.voters=0@127.0.0.1:9094
controller.listener.names=CONTROLLER
listeners=CLIENTS://:9093,CONTROLLER://127.0.0.1:9094,PROBE://127.0.0.1:9095
advertised.listeners=CLIENTS://{{ $cluster }}-kafka-bootstrap.{{ .Release.Namespace }}.svc:9093,PROBE://127.0.0.1:9095
listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:SSL,PROBE:PLAINTEXT
inter.broker.listener.name=PROBE
log.dirs=/var/lib/kafka/data/log

sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.clients.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location=/var/run/flux/kafka-broker/broker.pem
ssl.truststore.type=PEM
ssl.truststore.location=/var/run/flux/kafka/ca.crt
listener.name.controller.ssl.client.auth=required

authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
super.users=User:{{ $cluster }}-admin;User:CN={{ $cluster }}-kafka-broker

auto.create.topics.enable=false
num.partitions=1
default.replication.factor=1
min.insync.replicas=1
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
# Back within seconds after a crash: nobody else could be meant.
broker.session.timeout.ms=6000
broker.heartbeat.interval.ms=1000
num.network.threads=2
num.io.threads=4
background.threads=2
log.cleaner.dedupe.buffer.size=8388608
{{- range $name, $value := .Values.kafka.standalone.config }}
{{ $name }}={{ $value }}
{{- end }}
{{- end -}}

{{/* Users of the broker with the Secret of each: the contracts' applications and the administrator. As JSON: { items: [...] }. */}}
{{- define "infra.kafkaUserNames" -}}
{{- $cluster := include "infra.cluster" . -}}
{{- $names := list -}}
{{- range (include "infra.contracts" . | fromJson).users }}{{ $names = append $names (printf "%s-%s" $cluster .name) }}{{ end -}}
{{- dict "items" $names | toJson -}}
{{- end -}}

{{/* Projected volume with a folder for every user, the password in it. Takes a list of names. */}}
{{- define "infra.passwordVolume" -}}
projected:
  defaultMode: 0440
  sources:
    {{- range . }}
    - secret:
        name: {{ . }}
        items:
          - key: password
            path: {{ . }}/password
    {{- end }}
{{- end -}}
