import type { CommandRecord } from '@flux/contracts'
import type { Counter } from 'prom-client'
import type { InRecord } from '../bus/port.ts'
import { FluxError, messageOf } from '../errors.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { type BadRecord, badRecords } from './newest.ts'

const commandOutcomes = ['done', 'fresh', 'expired', 'duplicate', 'deferred'] as const
const pollOutcomes = ['ok', 'failed'] as const

/** What became of a command that was committed. */
export type CommandOutcome = (typeof commandOutcomes)[number]

/** Why a command becomes a dead letter; other codes of errors appear when they happen. */
const letterCodes = ['contract_broken', 'bug'] as const

/** What a service has of its own, for series that exist from the start. */
export interface OwnParts {
  /** Names of its commands, and their topics. */
  readonly commands: readonly string[]
  readonly topics: readonly string[]
  /** Names of the channels that it produces. */
  readonly channels: readonly string[]
}

const commandMeters = (metrics: Metrics, { commands, topics }: OwnParts) => ({
  commands: metrics.counter({
    name: 'flux_commands_total',
    help: 'Commands that were committed, by what became of them.',
    labels: ['command', 'outcome'],
    series: commands.flatMap((command) => commandOutcomes.map((outcome) => ({ command, outcome }))),
  }),
  letters: metrics.counter({
    name: 'flux_dead_letters_total',
    help: 'Records of command topics that became dead letters.',
    labels: ['topic', 'code'],
    series: topics.flatMap((topic) => letterCodes.map((code) => ({ topic, code }))),
  }),
})

const skippedMeter = (metrics: Metrics, { channels }: OwnParts) =>
  metrics.counter({
    name: 'flux_records_skipped_total',
    help: 'Records of own topics that could not be read.',
    labels: ['channel', 'why'],
    series: channels.flatMap((channel) => badRecords.map((why) => ({ channel, why }))),
  })

/** Those of a leader's work, made when the first of a kind is announced: not every service has such work. */
const leaderMeters = (metrics: Metrics) => {
  const makers = {
    polls: () =>
      metrics.counter({
        name: 'flux_polls_total',
        help: 'Runs of scheduled work.',
        labels: ['poll', 'outcome'],
      }),
    streams: () =>
      metrics.counter({
        name: 'flux_stream_failures_total',
        help: 'Streams that failed and were opened again, and values of theirs that could not be published.',
        labels: ['channel'],
      }),
  }
  const made = new Map<keyof typeof makers, Counter>()
  return (which: keyof typeof makers): Counter => {
    const counter = made.get(which) ?? makers[which]()
    made.set(which, counter)
    return counter
  }
}

/** Business events that all services share: one log line and one metric each. */
export const createServiceEvents = (
  options: OwnParts & { readonly log: Log; readonly metrics: Metrics },
) => {
  const { log, metrics } = options
  // A service without commands has no metrics of them.
  const meter = options.commands.length > 0 ? commandMeters(metrics, options) : undefined
  const bad = skippedMeter(metrics, options)
  const leader = leaderMeters(metrics)
  const failing = new Set<string>()
  return {
    command: (command: string, outcome: CommandOutcome, { id, reason }: CommandRecord) => {
      meter?.commands.inc({ command, outcome })
      log.debug({ command, id, reason, outcome }, 'command handled')
    },
    deadLetter: ({ topic, partition, offset }: InRecord, error: unknown) => {
      meter?.letters.inc({ topic, code: error instanceof FluxError ? error.code : 'bug' })
      log.error({ topic, partition, offset, err: error }, 'a command became a dead letter')
    },
    /** A scheduled work exists; its series begin at zero. */
    pollBegins: (poll: string) => {
      for (const outcome of pollOutcomes) leader('polls').inc({ poll, outcome }, 0)
    },
    /** A stream exists; its series begins at zero. */
    streamBegins: (channel: string) => leader('streams').inc({ channel }, 0),
    pollWorked: (poll: string) => {
      leader('polls').inc({ poll, outcome: 'ok' })
      if (failing.delete(poll)) log.info({ poll }, 'works again')
    },
    pollFailed: (poll: string, error: unknown) => {
      leader('polls').inc({ poll, outcome: 'failed' })
      const line = { poll, reason: messageOf(error) }
      if (failing.has(poll)) return log.debug(line, 'failed again')
      failing.add(poll)
      log.warn(line, 'failed; the last good value stays')
    },
    streamFailed: (channel: string, error: unknown) => {
      leader('streams').inc({ channel })
      log.warn({ channel, reason: messageOf(error) }, 'a stream failed')
    },
    skipped: (channel: string, why: BadRecord) => {
      bad.inc({ channel, why })
      const kind = `skip ${channel} ${why}`
      if (failing.has(kind)) return
      failing.add(kind)
      log.warn({ channel, why }, 'a record of an own topic was skipped; further ones are counted')
    },
  }
}

/** The events of a service. */
export type ServiceEvents = ReturnType<typeof createServiceEvents>
