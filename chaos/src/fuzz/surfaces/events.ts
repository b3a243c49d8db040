import { message } from '../arbitrary.ts'
import { batches, inParallel, type Surface, sample } from '../surface.ts'
import { openSession, type Wire } from '../wire.ts'

const batchSize = 250
const answerMs = 5_000

/** Messages of connected clients; each has to be answered, or its connection closed. */
export const events: Surface = {
  name: 'socket events',
  share: 0.7,
  run: async ({ url }, { count, seed, tally }) => {
    const wires = new Map<number, Wire>()
    await inParallel(batches(count, batchSize, seed), 8, async (batch) => {
      const [slot, known] = [...wires].find(([, one]) => one.isOpen()) ?? [batch, undefined]
      wires.delete(slot)
      const wire = known ?? (await openSession(url))
      wire.take()
      const messages = sample(message, batchSize, batch)
      for (const [id, body] of messages.entries()) wire.send(`42${id}${JSON.stringify(body)}`)
      tally.sent(messages.length)
      const answers = new Set<string>()
      for (
        let waits = 0;
        waits < 3 && wire.isOpen() && answers.size < messages.length;
        waits += 1
      ) {
        await wire.until(messages.length - answers.size, answerMs / 3)
        for (const text of wire.take()) {
          if (text === '2') wire.send('3')
          if (!text.startsWith('43')) continue
          answers.add(/^43\d+/.exec(text)?.[0] ?? '')
          tally.answered(text)
        }
      }
      if (wire.isOpen() && answers.size < messages.length) tally.fault('a message was not answered')
      if (wire.isOpen()) wires.set(batch, wire)
    })
    for (const wire of wires.values()) wire.close()
  },
}
