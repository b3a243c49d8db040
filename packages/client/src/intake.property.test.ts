import { channelsOfRoom, type Entry } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCounters } from './counters.ts'
import { createIntake } from './intake.ts'
import { createStore } from './store.ts'
import { modelChannels, modelKeys, modelPartitions, modelRooms } from './testing/model-log.ts'
import { createModelServer } from './testing/model-server.ts'

type Step =
  | { do: 'append'; channel: number; key: number; kind: 'value' | 'removal' | 'again' }
  | { do: 'read'; replica: number; partition: number; count: number }
  | { do: 'connect'; replica: number; withCursor: boolean }
  | { do: 'cut' }
  | { do: 'deliver'; count: number }
  | { do: 'pump' }
  | { do: 'leave'; room: number }
  | { do: 'join'; room: number }
  | { do: 'overflow' }
  | { do: 'wipe' }

const small = fc.nat({ max: 5 })
const append = fc.record({
  do: fc.constant('append' as const),
  channel: fc.nat({ max: 2 }),
  key: fc.nat({ max: 3 }),
  kind: fc.constantFrom('value', 'value', 'value', 'removal', 'again'),
})
const read = fc.record({
  do: fc.constant('read' as const),
  replica: fc.nat({ max: 1 }),
  partition: fc.nat({ max: modelPartitions.length - 1 }),
  count: small,
})
const deliver = fc.record({ do: fc.constant('deliver' as const), count: small })
const connect = fc.record({
  do: fc.constant('connect' as const),
  replica: fc.nat({ max: 1 }),
  withCursor: fc.constantFrom(true, true, true, false),
})
const room = fc.nat({ max: modelRooms.length - 1 })

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 40, arbitrary: append },
  { weight: 50, arbitrary: read },
  { weight: 30, arbitrary: deliver },
  { weight: 8, arbitrary: connect },
  { weight: 20, arbitrary: fc.constant({ do: 'pump' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'cut' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), room }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), room }) },
  { weight: 6, arbitrary: fc.constant({ do: 'overflow' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'wipe' as const }) },
)

/** A client and the model of a server, and what is checked while records come. */
const createRun = () => {
  const server = createModelServer()
  const store = createStore({ key: () => undefined, keys: () => undefined })
  const counters = createCounters()
  /** Per epoch, channel and key the last record that was told of. */
  const last = new Map<string, Entry>()
  /** Rooms of which the server said that a gap is not filled, since their last record. */
  const gaps = new Set<string>()

  const check = (channel: string, entry: Entry) => {
    const content = store.of(channel)
    const ordered = content?.channel.delivery === 'ordered'
    const id = `${intake.epoch()} ${channel} ${entry.k}`
    const before = last.get(id)
    last.set(id, entry)
    const mayGap = gaps.delete(id)
    if (!before) return
    // Nothing goes backwards, nothing comes twice.
    expect(entry.p[1]).toBeGreaterThan(before.p[1])
    expect(entry.v).toBeGreaterThanOrEqual(before.v + (ordered ? 1 : 0))
    // Of an ordered key every record comes, unless the server said otherwise.
    if (ordered && !mayGap) expect(entry.v).toBe(before.v + 1)
  }
  const intake = createIntake({
    store,
    counters,
    now: () => 0,
    onRecord: check,
    roomChanged: () => undefined,
    broken: () => expect.unreachable('A part of a hydrate is missing'),
  })
  const allowGap = (name: string) => {
    for (const id of last.keys()) {
      const [epoch, channel, key] = id.split(' ')
      const content = store.of(channel ?? '')
      if (epoch === intake.epoch() && content?.channel.roomOf(key ?? '') === name) gaps.add(id)
    }
  }
  const join = (name: string, withCursor = true) => {
    if (!server.isConnected() || server.isJoined(name)) return
    intake.follow(name)
    server.join(name, withCursor ? intake.told([name]) : undefined)
  }
  const takeFrame = (): boolean => {
    const frame = server.take()
    if (!frame) return false
    if (frame.kind === 'live') intake.live(frame.channel.name, frame.entry)
    if (frame.kind === 'left') intake.leave(frame.room)
    if (frame.kind === 'hydrate') {
      const parts = Object.values(frame.message.channels)
      // A gap is allowed from the first part on: the commit comes with the last.
      if (parts.some((part) => part.outcome !== 'recovered')) allowGap(frame.message.room)
      intake.hydrate(frame.message)
    }
    return true
  }
  const drain = () => {
    while (takeFrame());
  }
  const cut = () => {
    server.cut()
    intake.end()
  }
  const connect = (replica: number, withCursor = true) => {
    cut()
    server.connect(replica)
    intake.begin(server.log().epoch)
    for (const name of modelRooms) join(name, withCursor)
  }
  return { server, store, counters, intake, join, connect, cut, takeFrame, drain }
}

type Run = ReturnType<typeof createRun>

const apply = (run: Run, one: Step) => {
  const { server } = run
  if (one.do === 'append') {
    const channel = modelChannels[one.channel]
    const key = modelKeys[channel?.name ?? '']?.[one.key]
    const kind = channel?.delivery === 'ordered' && one.kind === 'removal' ? 'value' : one.kind
    if (channel && key) server.log().append(channel.name, key, kind)
  }
  if (one.do === 'read') server.read(one.replica, one.partition, one.count)
  if (one.do === 'connect') run.connect(one.replica, one.withCursor)
  if (one.do === 'cut') run.cut()
  if (one.do === 'deliver') for (let i = 0; i < one.count; i += 1) run.takeFrame()
  if (one.do === 'pump') server.pump()
  if (one.do === 'overflow' && server.isConnected()) server.overflow()
  if (one.do === 'wipe') server.wipe()
  const name = 'room' in one ? modelRooms[one.room] : undefined
  if (one.do === 'leave' && name) server.leave(name)
  // A client joins again only after it was told that it has left.
  if (one.do === 'join' && name && !run.intake.isLive(name)) {
    run.drain()
    run.join(name)
  }
}

/** Lets everything come that is under way, with every room wanted. */
const settle = (run: Run) => {
  const { server } = run
  if (!server.isConnected()) run.connect(1)
  run.drain()
  for (const name of modelRooms) run.join(name)
  modelPartitions.forEach((_, partition) => {
    server.read(0, partition, 1_000)
    server.read(1, partition, 1_000)
  })
  deliverAll(run)
}

const deliverAll = (run: Run) => {
  for (let i = 0; i < 200; i += 1) {
    run.server.pump()
    run.drain()
  }
}

/** A new connection after the end brings nothing, since nothing was missed, and has the cursor at the ends. */
const expectNothingMissed = (run: Run) => {
  const { accepted } = run.counters
  const { reset } = run.counters.outcomes
  run.connect(0)
  deliverAll(run)
  expect(run.counters.accepted).toBe(accepted)
  expect(run.counters.outcomes.reset).toBe(reset)
  for (const [channel, partition] of modelPartitions) {
    for (const name of modelRooms.filter((one) => channelsOfRoom(one).includes(channel))) {
      const end = run.server.log().records(channel.name, partition).at(-1)?.p[1] ?? -1
      expect(run.intake.position(name, channel.name, partition)).toBe(end)
    }
  }
}

describe('intake', () => {
  it('ends with the truth, whatever was cut, lost, repeated or begun afresh on the way', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
        const run = createRun()
        run.connect(0)
        for (const one of steps) apply(run, one)
        settle(run)
        for (const channel of modelChannels) {
          for (const key of modelKeys[channel.name] ?? []) expectTruth(run, channel.name, key)
        }
        expectNothingMissed(run)
      }),
      { numRuns: 500 },
    )
  })
})

const expectTruth = (run: Run, channel: string, key: string) => {
  const all = [0, 1].flatMap((partition) => run.server.log().records(channel, partition))
  const own = all.filter((entry) => entry.k === key)
  const content = run.store.of(channel)
  const held = content?.held(key)
  const truth = own.at(-1)
  if (content?.channel.delivery === 'ordered') {
    const versions = content.records(key).map((one) => one.version)
    expect(versions.at(-1)).toBe(truth?.v)
    expect(versions).toEqual(versions.map((_, i) => (versions[0] ?? 0) + i))
  } else if (truth?.d === null) {
    expect(held).toBeUndefined()
  } else {
    expect(held?.position).toEqual(truth?.p)
    expect(held?.value).toEqual(truth?.d)
  }
}
