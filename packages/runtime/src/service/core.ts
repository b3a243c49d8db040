import { type Channel, type Command, kafkaChannels, platformSources } from '@flux/contracts'
import type { Bus } from '../bus/port.ts'
import type { Cache } from '../cache/port.ts'
import { retry } from '../flow/retry.ts'
import type { Process } from '../process/core.ts'
import { createPublisher, type Publisher } from '../publish/publisher.ts'
import { type CommandWork, createCommandHandler } from './command/command.ts'
import { wrapCommands } from './command/onion.ts'
import { createServiceEvents, type ServiceEvents } from './events.ts'
import { createFreshness } from './freshness.ts'
import { joinServiceGroup } from './group.ts'
import {
  type Leader,
  type LeaderPlan,
  type LeaderWork,
  leadWith,
  publishInScope,
} from './leader/leader.ts'
import { newestByKey, type Stored } from './newest.ts'
import { commandsOf, createRegistry } from './registry.ts'
import { createSources, type Sources } from './sources.ts'

/** What a service talks to. */
export interface ServiceParts {
  readonly bus: Bus
  readonly cache: Cache
}

/** What the code of a domain service is given. */
export interface Service<C> extends Process<C>, Pick<Leader, 'publish' | 'publishTombstone'> {
  readonly bus: Bus
  readonly cache: Cache
  readonly sources: Sources
  /** The newest good value per key, read from the channel's own topic up to its present end. */
  newest<V>(
    channel: Channel<string, V>,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, Stored<V>>>
  /** Registers the work of a command; before `start` resolves. */
  handle<Body>(command: Command<string, Body>, work: CommandWork<Body>): void
  /** Registers work that runs on one replica at a time; before `start` resolves. */
  lead(work: LeaderWork, plan?: LeaderPlan): void
}

/** Reading is tried again for some seconds: right after the broker's return it still refuses. */
const newestOf =
  (
    { clock, random, signal: closing }: Process<unknown>,
    bus: Bus,
    events: ServiceEvents,
  ): Service<unknown>['newest'] =>
  async (channel, signal = closing) => {
    const read = () => bus.read(channel.topic, signal)
    const records = await retry(read, { clock, random, signal, attempts: 6 })
    return newestByKey(channel, records, (why) => events.skipped(channel.name, why))
  }

const openPublisher = (process: Process<unknown>, { bus, cache }: ServiceParts) => {
  const { name: service, clock, random, newId, log, metrics, tracing } = process
  const freshness = createFreshness({ cache, clock })
  const publisher = createPublisher({
    ...{ bus, clock, random, newId, log, metrics, tracing, service },
    onSent: freshness.note,
  })
  process.onClose('publisher', publisher.close)
  return { publisher, freshness }
}

/** The states are published outside of any fence: `leading` says whose view counts. */
const openSources = (process: Process<unknown>, publisher: Publisher, leading: () => boolean) => {
  const { name: service, replica, clock, log, metrics } = process
  const sources = createSources({
    ...{ service, replica, clock, log, metrics, leading },
    publish: (value) => publisher.publish(platformSources, value, { simulated: value.simulated }),
  })
  process.onClose('sources', sources.close)
  return sources
}

/**
 * Opens a domain service on a process: runs `start`, then joins the service's group, so that nothing comes before it is
 * ready for it. Everything is closed with the process: first the group, last the bus and the cache.
 */
export const openService = async <C>(
  process: Process<C>,
  parts: ServiceParts,
  start: (service: Service<C>) => Promise<void>,
): Promise<void> => {
  const { bus, cache } = parts
  const { name, clock, random, log, metrics } = process
  process.onClose('cache', cache.close)
  process.ready('valkey', () =>
    cache.healthy() ? { state: 'ready' } : { state: 'degraded', why: 'the cache does not answer' },
  )
  process.onClose('bus', bus.close)
  const { publisher, freshness } = openPublisher(process, parts)
  const commands = commandsOf(name)
  const topics = commands.map((command) => command.topic)
  const events = createServiceEvents({
    ...{ log, metrics, topics, commands: commands.map((c) => c.name) },
    channels: kafkaChannels.filter((c) => c.producer === name).map((c) => c.name),
  })
  const registry = createRegistry(name)
  let leading = () => registry.works().length === 0
  const sources = openSources(process, publisher, () => leading())

  await start({
    ...process,
    ...{ bus, cache, sources },
    ...publishInScope(publisher),
    newest: newestOf(process, bus, events),
    handle: registry.handle,
    lead: (work, { polls = [], pipes = [] } = {}) => {
      registry.lead(work)
      for (const poll of polls) events.pollBegins(poll)
      for (const { name: channel } of pipes) events.streamBegins(channel)
    },
  })

  registry.close()
  const works = registry.works()
  const handler = createCommandHandler({
    ...{ commands: registry.commands(), clock, cache, freshness },
    onOutcome: events.command,
  })
  const member = await joinServiceGroup(process, bus, {
    topics,
    handler: wrapCommands(process, handler, { bus, topics, events }),
    onLead:
      works.length === 0
        ? undefined
        : leadWith(works, {
            ...{ clock, random, publisher, events, sources },
            fail: process.fail,
          }),
    sending: publisher.healthy,
  })
  if (member) leading = member.leadership.held
  metrics.gauge({
    name: 'flux_service_leader',
    help: 'Always 1 on the replica that leads the scheduled work and streams of its service, else 0.',
    collect: (gauge) => gauge.set(member?.leadership.held() ? 1 : 0),
  })
}
