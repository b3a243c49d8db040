// A process that produces bench records at an exact rate; see messages.ts.
import { encodeMeta } from '@flux/contracts'
import {
  type Bus,
  createKafkaBus,
  createLog,
  createMetrics,
  type OutRecord,
  systemClock,
} from '@flux/runtime'
import { monotonicMicros } from '../measure/clock.ts'
import { watchEffort } from '../measure/effort.ts'
import { serveCalls } from '../measure/worker.ts'
import { encodeValue, keyOf } from '../wire/value.ts'
import { lateMs, type ProduceInput, type ProduceOutput, produceInput } from './messages.ts'
import { createSchedule } from './schedule.ts'

const effort = watchEffort()
const stepMs = 1

const connect = (brokers: string): Bus =>
  createKafkaBus({
    brokers: brokers.split(','),
    clientId: 'bench-producer',
    log: createLog({ name: 'bench-producer', level: 'warn' }),
    metrics: createMetrics(),
    clock: systemClock,
  })

const createRecords = (input: ProduceInput, run: string) => {
  const { schema, headers, keys, valueBytes } = input
  return (seq: number, dueMicros: number, isFinal: boolean): OutRecord => {
    const key = seq % keys
    const now = Date.now()
    const meta = { schema, source: 'bench', simulated: true, at: now, producedAt: now }
    return {
      key: keyOf(key),
      value: encodeValue({ dueMicros, seq, key, isFinal, bytes: valueBytes }),
      headers: { ...encodeMeta({ ...meta, id: `${run}-${seq}`, version: seq + 1 }), ...headers },
    }
  }
}

/** Sends what is due every millisecond; nothing waits for an acknowledgement. */
const produce = async (input: ProduceInput): Promise<ProduceOutput> => {
  const { topic, perSecond, seconds, keys } = input
  const bus = connect(input.brokers)
  await bus.ends(topic)
  const recordOf = createRecords(input, String(process.pid))
  const total = Math.round(perSecond * seconds)
  const schedule = createSchedule({ start: monotonicMicros() + 100_000, perSecond, total })
  const flights = new Set<Promise<void>>()
  let sent = 0
  let late = 0
  let failed = 0
  const send = (records: readonly OutRecord[]) => {
    const flight = bus
      .send(topic, records)
      .catch(() => {
        failed += records.length
      })
      .finally(() => flights.delete(flight))
    flights.add(flight)
  }
  effort.mark()
  while (sent < total) {
    const now = monotonicMicros()
    const due = schedule.dueBy(now)
    const records: OutRecord[] = []
    for (; sent < due; sent += 1) {
      const dueMicros = schedule.dueAt(sent)
      if (now - dueMicros > lateMs * 1_000) late += 1
      records.push(recordOf(sent, dueMicros, false))
    }
    if (records.length > 0) send(records)
    await systemClock.sleep(stepMs)
  }
  const used = effort.read()
  await Promise.all(flights)
  const endMicros = monotonicMicros()
  if (input.finals) {
    send(Array.from({ length: keys }, (_, i) => recordOf(total + i, endMicros, true)))
    await Promise.all(flights)
  }
  await bus.close()
  const all = input.finals ? total + keys : total
  return { sent: all, lateShare: total ? late / total : 0, failed, endMicros, effort: used }
}

serveCalls({ produce: (input) => produce(produceInput.parse(input)) })
