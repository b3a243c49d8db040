/** Who exposes the metrics that a query names: our own processes, Kubernetes' exporters, Kafka's, Valkey's. */
export type Source = 'app' | 'kube' | 'kafka' | 'valkey'

/** A query of a dashboard or a rule, with where it stands: what tests and the truth test go through. */
export interface PlacedQuery {
  /** `dashboard flux-fanout`, `alert FluxProviderDown`, `record flux:…`. */
  readonly where: string
  /** The panel's title, or what the rule is called. */
  readonly what: string
  readonly source: Source
  /** PromQL; a dashboard's may hold Grafana's variables. */
  readonly expr: string
}
