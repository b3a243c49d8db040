{{/* Tag of a component's image. Takes root and values. */}}
{{- define "flux.imageTag" -}}
{{- .values.image.tag | default .root.Values.global.image.tag | default .root.Chart.AppVersion -}}
{{- end }}

{{/* Reference of a component's image; a digest goes before the tag. Takes root and values. */}}
{{- define "flux.image" -}}
{{- $image := .values.image -}}
{{- $registry := $image.registry | default .root.Values.global.image.registry -}}
{{- $name := ternary (printf "%s/%s" $registry $image.repository) $image.repository (ne $registry "") -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (include "flux.imageTag" .) -}}
{{- end -}}
{{- end }}

{{/* Image and pull policy of a container. Takes root and values. */}}
{{- define "flux.containerImage" -}}
image: {{ include "flux.image" . }}
imagePullPolicy: {{ .values.image.pullPolicy | default .root.Values.global.image.pullPolicy }}
{{- end }}

{{/*
Three quarters of the memory limit in MiB, for the heap: the rest is buffers, stacks and code.
Takes values and component.
*/}}
{{- define "flux.heapMiB" -}}
{{- $limit := dig "limits" "memory" "" .values.resources | toString -}}
{{- $number := regexFind "^[0-9]+" $limit | int64 -}}
{{- if hasSuffix "Gi" $limit -}}
{{- div (mul $number 1024 3) 4 -}}
{{- else if hasSuffix "Mi" $limit -}}
{{- div (mul $number 3) 4 -}}
{{- else -}}
{{- fail (printf "%s: resources.limits.memory is %q; write it in whole Mi or Gi, as 256Mi: the heap is computed from it" .component $limit) -}}
{{- end -}}
{{- end }}
