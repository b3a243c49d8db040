import {
  type Command,
  type CommandRecord,
  cacheKey,
  channelByName,
  commandMaxAgeMs,
} from '@flux/contracts'
import { parseRecord } from '../../bus/middleware/validate.ts'
import type { Handler, InRecord } from '../../bus/port.ts'
import type { Cache } from '../../cache/port.ts'
import type { Clock } from '../../clock.ts'
import { ContractError, FluxError } from '../../errors.ts'
import { createSingleFlight } from '../../flow/single-flight.ts'
import type { CommandOutcome } from '../events.ts'
import type { Freshness } from '../freshness.ts'

/** What a command's work gets beside the body. */
export interface CommandContext {
  readonly command: CommandRecord
  /** Aborted when the process closes or loses the partition. */
  readonly signal: AbortSignal
}

/** The work that a command asks for; it publishes the answer. */
export type CommandWork<Body> = (body: Body, context: CommandContext) => Promise<void>

/** There was no budget for a call in time: the command counts as deferred, and is asked again while somebody looks. */
export class DeferredError extends FluxError {
  override readonly name = 'DeferredError'

  constructor(message = 'no budget for the call in time') {
    super('deferred', message)
  }
}

/** A command record, parsed. */
interface Opened {
  readonly envelope: CommandRecord
  /** The part of the room that waits for the answer. */
  readonly part: string
  run(signal: AbortSignal): Promise<void>
}

/** A command with its work, its body's type hidden. */
export interface BoundCommand {
  readonly command: Command
  /** Throws `ContractError`. */
  open(record: InRecord): Opened
}

/** Ties a command to its work. */
export const bindCommand = <Body>(
  command: Command<string, Body>,
  work: CommandWork<Body>,
): BoundCommand => ({
  command,
  open: (record) => {
    const envelope = parseRecord(record, command.schema)
    return {
      envelope,
      part: command.keyOf(envelope.body),
      run: (signal) => work(envelope.body, { command: envelope, signal }),
    }
  },
})

/** How long an id is remembered, in milliseconds: longer than a command can live. */
const rememberMs = 2 * commandMaxAgeMs

/** What handling commands needs. */
export interface CommandOptions {
  readonly commands: readonly BoundCommand[]
  readonly clock: Clock
  readonly cache: Cache
  readonly freshness: Freshness
  onOutcome(command: string, outcome: CommandOutcome, envelope: CommandRecord): void
}

/**
 * Handles command records: one that is too old, answered already, or whose value is still fresh is done without a call;
 * else the work runs, once per key at a time. Resolves when the record may be committed. Throws `ContractError` and
 * what the work throws; `DeferredError` counts as done.
 */
export const createCommandHandler = (options: CommandOptions): Handler => {
  const { clock, cache, freshness } = options
  const byTopic = new Map(options.commands.map((bound) => [bound.command.topic, bound]))
  const flights = createSingleFlight<void>()

  const needless = async (
    { refreshes }: Command,
    { envelope, part }: Opened,
  ): Promise<CommandOutcome | undefined> => {
    if (clock.now() - envelope.requestedAt > commandMaxAgeMs) return 'expired'
    const channel = channelByName(refreshes)
    if (channel && (await freshness.isFresh(channel, part))) return 'fresh'
    const seen = await cache.get(cacheKey.once('command', envelope.id))
    return seen === undefined ? undefined : 'duplicate'
  }

  return async (record, { signal }) => {
    const bound = byTopic.get(record.topic)
    if (!bound) throw new ContractError(`no command is known on ${record.topic}`)
    const { name, topic } = bound.command
    const opened = bound.open(record)
    const { envelope, part } = opened
    const skip = await needless(bound.command, opened)
    if (skip) return options.onOutcome(name, skip, envelope)
    try {
      await flights.run(`${topic}/${part}`, opened.run, signal)
    } catch (error) {
      if (!(error instanceof DeferredError)) throw error
      return options.onOutcome(name, 'deferred', envelope)
    }
    options.onOutcome(name, 'done', envelope)
    await cache.set(cacheKey.once('command', envelope.id), '1', rememberMs)
  }
}
