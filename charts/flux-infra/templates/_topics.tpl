{{/*
Topics as they have to exist: contracts, then kafka.topics.config, then the overrides. As JSON: { items: [...] }.
*/}}
{{- define "infra.topics" -}}
{{- $values := .Values.kafka.topics -}}
{{- $known := (include "infra.contracts" . | fromJson).topics -}}
{{- $names := list -}}
{{- range $known }}{{ $names = append $names .name }}{{ end -}}
{{- range $name, $_ := $values.overrides -}}
{{- if not (has $name $names) -}}
{{- fail (printf "\n\nkafka.topics.overrides: there is no topic %q. There are: %s" $name (join ", " $names)) -}}
{{- end -}}
{{- end -}}
{{- $items := list -}}
{{- range $known -}}
{{- $override := get $values.overrides .name | default dict -}}
{{- $partitions := int ($override.partitions | default .partitions) -}}
{{- if and (eq .delivery "ordered") (gt $partitions (int .partitions)) -}}
{{- fail (printf "\n\nkafka.topics.overrides: %s is ordered and keeps its %d partitions: with more, its keys would move and lose their order" .name (int .partitions)) -}}
{{- end -}}
{{- $config := merge (dict) ($override.config | default dict) $values.config .config -}}
{{- $items = append $items (dict "name" .name "partitions" $partitions "delivery" .delivery "config" $config) -}}
{{- end -}}
{{- dict "items" $items | toJson -}}
{{- end -}}
