import 'vitest'

declare module 'vitest' {
  /** What integration tests get by `inject(…)`: servers that the whole run shares. */
  export interface ProvidedContext {
    /** Brokers of the run's Kafka, a list with commas. */
    kafkaBrokers: string
    /** Address of the run's Valkey. */
    valkeyUrl: string
  }
}
