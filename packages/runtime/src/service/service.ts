import { kafkaSettings, valkeySettings } from '../config/common.ts'
import type { Settings } from '../config/config.ts'
import { connectBus, connectCache } from '../process/connect.ts'
import type { Process } from '../process/core.ts'
import { nodeHost, type ProcessHost } from '../process/host.ts'
import { type FullConfig, launch } from '../process/process.ts'
import { openService, type Service, type ServiceParts } from './core.ts'

/** Settings that every service has beside `processSettings`; `runService` adds them by itself. */
export const serviceSettings = { ...kafkaSettings, ...valkeySettings }

/** The configuration of a service with settings `S` of its own. */
export type ServiceConfig<S extends Settings> = FullConfig<typeof serviceSettings & S>

/** What a domain service is. */
export interface ServiceOptions<S extends Settings> {
  /** Name of the service and of its consumer group: `crypto-service`. */
  readonly name: string
  /** What it reads from its environment beside the common settings. */
  readonly settings: S
  /** Registers commands, leader work and what has to be closed. */
  start(service: Service<ServiceConfig<S>>): Promise<void>
}

/** What `runService` does, on a given host and with given parts. */
export const launchService = <S extends Settings>(
  options: ServiceOptions<S>,
  host: ProcessHost,
  connect: (process: Process<ServiceConfig<S>>) => ServiceParts,
): Promise<void> =>
  launch(
    {
      name: options.name,
      settings: { ...serviceSettings, ...options.settings },
      start: (process) => openService(process, connect(process), options.start),
    },
    host,
  )

/** Runs a domain service on Kafka and Valkey; see `runProcess` for the process around it. */
export const runService = <S extends Settings>(options: ServiceOptions<S>): Promise<void> =>
  launchService(options, nodeHost(), (process) => ({
    bus: connectBus(process),
    cache: connectCache(process),
  }))
