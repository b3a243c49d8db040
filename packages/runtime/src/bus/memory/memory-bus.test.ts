import { busConformance, manualClock } from '@flux/testkit'
import { createMemoryBroker } from './broker.ts'
import { createMemoryBus } from './memory-bus.ts'

busConformance('memory', () => {
  const clock = manualClock()
  const broker = createMemoryBroker({ clock })
  return Promise.resolve({
    bus: () => createMemoryBus({ clock, broker, random: () => 0.5 }),
    pass: (ms) => clock.advance(ms),
    trim: (topic, partition, low) => Promise.resolve(broker.trim(topic, partition, low)),
    recreate: ({ topic }) => Promise.resolve(broker.recreate(topic)),
    grow: (topic, partitions) => Promise.resolve(broker.grow(topic, partitions)),
    close: () => Promise.resolve(),
  })
})
