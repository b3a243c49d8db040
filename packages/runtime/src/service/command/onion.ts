import { compose } from '../../bus/middleware/compose.ts'
import { deadLettered } from '../../bus/middleware/dead-letter.ts'
import { measured } from '../../bus/middleware/measure.ts'
import { retried } from '../../bus/middleware/retry.ts'
import { traced } from '../../bus/middleware/trace.ts'
import type { Bus, Handler } from '../../bus/port.ts'
import { FluxError } from '../../errors.ts'
import type { Process } from '../../process/core.ts'
import type { ServiceEvents } from '../events.ts'

/**
 * What every command handler is wrapped in, from the outside: a span, the dead letter, measuring, retry. A bug ends the
 * process after its record has become a dead letter, so that the next one does not meet it again.
 */
export const wrapCommands = (
  process: Process<unknown>,
  handler: Handler,
  options: {
    readonly bus: Pick<Bus, 'send'>
    readonly topics: readonly string[]
    readonly events: ServiceEvents
  },
): Handler => {
  const { clock, random, metrics } = process
  const { topics } = options
  return compose(
    [
      traced(),
      deadLettered({
        bus: options.bus,
        clock,
        onLetter: (record, error) => {
          options.events.deadLetter(record, error)
          if (!(error instanceof FluxError)) process.fail(error)
        },
      }),
      // A service without commands has no such metrics.
      ...(topics.length > 0 ? [measured({ metrics, clock, topics })] : []),
      retried({ clock, random }),
    ],
    handler,
  )
}
