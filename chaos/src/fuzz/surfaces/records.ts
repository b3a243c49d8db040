import { channels } from '@flux/contracts'
import { badRecord } from '../arbitrary.ts'
import { batches, inParallel, type Surface, sample } from '../surface.ts'

const batchSize = 200

/** Topics on which nothing is counted by a client: the canary's sequence is the measure of the others. */
const topics = channels
  .filter(({ name, producer }) => producer !== 'replica' && name !== 'platform.canary')
  .map(({ topic }) => topic)

/** Records on the event topics that break their contract: skipped, counted, never a reason to stop. */
export const records: Surface = {
  name: 'Kafka records',
  share: 0.015,
  run: ({ bus }, { count, seed, tally }) =>
    inParallel(batches(count, batchSize, seed), 2, async (batch) => {
      const made = sample(badRecord, batchSize, batch)
      await bus.send(topics[batch % topics.length] ?? '', made)
      tally.sent(made.length)
    }),
}
