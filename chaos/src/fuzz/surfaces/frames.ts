import { auth, frame } from '../arbitrary.ts'
import { batches, inParallel, type Surface, sample } from '../surface.ts'
import { openSession, openWire } from '../wire.ts'

const batchSize = 25

/** Frames that no client of Engine.IO sends, before and after the handshake of Socket.IO. */
export const frames: Surface = {
  name: 'raw frames',
  share: 0.2,
  run: ({ url }, { count, seed, tally }) =>
    inParallel(batches(count, batchSize, seed), 8, async (batch) => {
      const wire = await (batch % 2 === 0 ? openWire(url) : openSession(url))
      const sent = sample(frame, batchSize, batch)
      for (const one of sent) wire.send(one)
      // One in a hundred connections sends what is over every limit.
      if (batch % 100 === 0) wire.send(`42["subscribe",${'9'.repeat(5_000_000)}]`)
      tally.sent(sent.length)
      await wire.until(2, 20)
      for (const text of wire.take()) if (!text.startsWith('42')) tally.answered(text)
      wire.close()
    }),
}

/** What stands where a token should: a session, a refusal with a code, or a closed connection. */
export const handshakes: Surface = {
  name: 'handshakes',
  share: 0.02,
  run: ({ url }, { count, seed, tally }) =>
    inParallel(batches(count, batchSize, seed), 8, async (batch) => {
      for (const one of sample(auth, batchSize, batch)) {
        const wire = await openWire(url)
        wire.send(`40${JSON.stringify(one)}`)
        tally.sent(1)
        await wire.until(2, 2_000)
        const texts = wire.take()
        for (const text of texts) if (!text.startsWith('42')) tally.answered(text)
        if (wire.isOpen() && texts.length < 2) tally.fault('a handshake was not answered')
        wire.close()
      }
    }),
}
