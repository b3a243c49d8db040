import type { CommandRecord } from '@flux/contracts'
import type { InRecord } from '../bus/port.ts'
import { FluxError, messageOf } from '../errors.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { BadRecord } from './newest.ts'

const commandOutcomes = ['done', 'fresh', 'expired', 'duplicate', 'deferred'] as const
const pollOutcomes = ['ok', 'failed'] as const

/** What became of a command that was committed. */
export type CommandOutcome = (typeof commandOutcomes)[number]

const meters = (metrics: Metrics, commands: readonly string[]) => ({
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
  }),
  polls: metrics.counter({
    name: 'flux_polls_total',
    help: 'Runs of scheduled work.',
    labels: ['poll', 'outcome'],
  }),
  streams: metrics.counter({
    name: 'flux_stream_failures_total',
    help: 'Streams that failed and were opened again, and values of theirs that could not be published.',
    labels: ['channel'],
  }),
  bad: metrics.counter({
    name: 'flux_records_skipped_total',
    help: 'Records of own topics that could not be read.',
    labels: ['channel', 'why'],
  }),
})

/** Business events that all services share: one log line and one metric each. */
export const createServiceEvents = (options: {
  readonly log: Log
  readonly metrics: Metrics
  readonly commands: readonly string[]
}) => {
  const { log, metrics, commands } = options
  const meter = meters(metrics, commands)
  const failing = new Set<string>()
  return {
    command: (command: string, outcome: CommandOutcome, { id, reason }: CommandRecord) => {
      meter.commands.inc({ command, outcome })
      log.debug({ command, id, reason, outcome }, 'command handled')
    },
    deadLetter: ({ topic, partition, offset }: InRecord, error: unknown) => {
      meter.letters.inc({ topic, code: error instanceof FluxError ? error.code : 'bug' })
      log.error({ topic, partition, offset, err: error }, 'a command became a dead letter')
    },
    /** A scheduled work exists; its series begin at zero. */
    pollBegins: (poll: string) => {
      for (const outcome of pollOutcomes) meter.polls.inc({ poll, outcome }, 0)
    },
    pollWorked: (poll: string) => {
      meter.polls.inc({ poll, outcome: 'ok' })
      if (failing.delete(poll)) log.info({ poll }, 'works again')
    },
    pollFailed: (poll: string, error: unknown) => {
      meter.polls.inc({ poll, outcome: 'failed' })
      const line = { poll, reason: messageOf(error) }
      if (failing.has(poll)) return log.debug(line, 'failed again')
      failing.add(poll)
      log.warn(line, 'failed; the last good value stays')
    },
    streamFailed: (channel: string, error: unknown) => {
      meter.streams.inc({ channel })
      log.warn({ channel, reason: messageOf(error) }, 'a stream failed')
    },
    skipped: (channel: string, why: BadRecord) => {
      meter.bad.inc({ channel, why })
      const kind = `skip ${channel} ${why}`
      if (failing.has(kind)) return
      failing.add(kind)
      log.warn({ channel, why }, 'a record of an own topic was skipped; further ones are counted')
    },
  }
}

/** The events of a service. */
export type ServiceEvents = ReturnType<typeof createServiceEvents>
