import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute'
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor'
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule'
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor'
import { type Resource, titleOf } from '../resource.ts'

interface Validated {
  validate(): void
}

const classes = [HTTPRoute, PodMonitor, PrometheusRule, ServiceMonitor]

const models = new Map<string, (typeof classes)[number]>(
  classes.map((model) => [model.kind, model]),
)

/** True for an object of the Gateway API or the Prometheus operator that the charts render. */
export const isOperated = ({ kind, apiVersion }: Resource): boolean =>
  models.get(kind)?.apiVersion === apiVersion

/** Wrong types and missing fields of such an object, against the types of its project. */
export const operatedFaults = (resource: Resource): readonly string[] => {
  const model = models.get(resource.kind)
  if (!model) return [`${titleOf(resource)}: unknown kind`]
  try {
    const object: Validated = Reflect.construct(model, [resource.body])
    object.validate()
    return []
  } catch (error) {
    return [`${titleOf(resource)}: ${error instanceof Error ? error.message : String(error)}`]
  }
}
