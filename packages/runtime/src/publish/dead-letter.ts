import { type Channel, deadLetterTopic, header } from '@flux/contracts'
import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { RefusedError } from './record.ts'

/** A refused value is cut after this many characters: it is kept to be looked at, not to be used. */
const maxText = 65_536
/** At most one letter per channel in this many milliseconds: a provider that has changed its format refuses everything. */
const everyMs = 1_000

const textOf = (value: unknown): string => {
  try {
    return (JSON.stringify(value) ?? 'null').slice(0, maxText)
  } catch {
    return '"not JSON"'
  }
}

/** Puts refused values where an operator finds them; a letter that cannot be sent is told to `onError` and lost. */
export const createRefusedLetters = (options: {
  readonly bus: Pick<Bus, 'send'>
  readonly clock: Clock
  readonly service: string
  readonly newId: () => string
  onError(error: unknown): void
}) => {
  const { bus, clock, service, newId } = options
  const notBefore = new Map<string, number>()
  return (channel: Channel, value: unknown, error: RefusedError): void => {
    const now = clock.monotonic()
    if (now < (notBefore.get(channel.name) ?? 0)) return
    notBefore.set(channel.name, now + everyMs)
    const letter = {
      // It never had a position; an id in its place keeps keys apart.
      key: `${channel.topic}/-/${newId()}`,
      value: textOf(value),
      headers: {
        [header.schema]: channel.schemaId,
        [header.source]: service,
        [header.producedAt]: String(clock.now()),
        'flux-error': error.code,
        'flux-error-message': error.message,
      },
    }
    bus.send(deadLetterTopic, [letter]).catch(options.onError)
  }
}
