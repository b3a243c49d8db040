import {
  commands,
  deadLetterTopic,
  everyService,
  kafkaChannels,
  kafkaUsers,
  leaderTopic,
  platformSources,
  topics,
} from '@flux/contracts'
import type { TailState } from '@flux/runtime'
import { eventually } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Installation, startInstallation } from './installation.ts'

let site: Installation
beforeAll(async () => {
  site = await startInstallation()
  expect((await site.setUp()).said).toBe('')
})
afterAll(async () => {
  await site.close()
})

const record = { key: 'k', value: '{}', headers: {} }
const services = kafkaUsers.map(({ name }) => name).filter((name) => name !== 'bff')
const allTopics = topics.map(({ topic }) => topic)

const ownTopics = (service: string) =>
  kafkaChannels.filter((channel) => channel.producer === service).map((channel) => channel.topic)
const joinedTopics = (service: string) => {
  const handled = commands.filter((c) => c.service === service).map((c) => c.topic)
  return handled.length > 0 ? handled : [leaderTopic(service)]
}

describe.each(services)('%s', (service) => {
  it('joins its group, publishes, reads its own topics, and leaves dead letters', async () => {
    const { bus, lines } = site.busOf(`flux-${service}`)
    const [leadTopic] = joinedTopics(service)
    const handled: string[] = []
    const member = await bus.join({
      group: service,
      topics: joinedTopics(service),
      ...(leadTopic !== undefined && { leadTopic }),
      handler: async ({ topic }) => void handled.push(topic),
    })
    for (const topic of [...ownTopics(service), platformSources.topic, deadLetterTopic]) {
      await bus.send(topic, [record])
    }
    for (const topic of ownTopics(service)) {
      expect(await bus.read(topic), topic).not.toHaveLength(0)
    }
    await eventually('the group is joined', () => member.healthy())
    const bff = site.busOf('flux-bff').bus
    const sent = commands.filter((c) => c.service === service).map((c) => c.topic)
    for (const topic of sent) await bff.send(topic, [record])
    // Each is handled and committed: a commit that is denied would bring it again.
    await eventually('the commands', () => handled.length >= sent.length)
    expect(handled.toSorted()).toEqual(sent.toSorted())
    const refusals = lines.filter((line) => /not authorized|no right/i.test(JSON.stringify(line)))
    expect(refusals).toEqual([])
    await member.close()
  })

  it('cannot write or read what is not its own, and loses nothing by trying', async () => {
    const { bus } = site.busOf(`flux-${service}`)
    const writable = new Set([...ownTopics(service), platformSources.topic, deadLetterTopic])
    const denied = { code: 'denied' }
    for (const topic of allTopics.filter((name) => !writable.has(name))) {
      await expect(bus.send(topic, [record]), topic).rejects.toMatchObject(denied)
    }
    const readable = new Set([...ownTopics(service), ...joinedTopics(service)])
    for (const topic of allTopics.filter((name) => !readable.has(name))) {
      await expect(bus.read(topic), topic).rejects.toMatchObject(denied)
    }
    await bus.send(platformSources.topic, [record])
  })

  it('cannot join the group of another', async () => {
    const { bus, said } = site.busOf(`flux-${service}`)
    const group = services.find((name) => name !== service) ?? ''
    const member = await bus.join({
      group,
      topics: joinedTopics(service),
      handler: async () => undefined,
    })
    await eventually('a word about it', () => said('consumer lost').length >= 3)
    const [first] = said('consumer lost')
    expect(first).toMatchObject({ level: 'warn', group })
    expect(JSON.stringify(first)).toContain('no right to read the group')
    expect(said('consumer lost').filter(({ level }) => level === 'warn')).toHaveLength(1)
    expect(member.healthy()).toBe(false)
    await member.close()
  })
})

describe('the BFF', () => {
  const startTail = (user: string) => {
    const { bus, lines } = site.busOf(user)
    const seen = new Set<string>()
    const states: TailState[] = []
    const epochs: string[] = []
    const tail = bus.tail({
      topics: new Map(kafkaChannels.map(({ topic }) => [topic, { from: 'beginning' }])),
      onBatch: ({ topic }) => void seen.add(topic),
      onFloor: () => undefined,
      onEpoch: (epoch) => void epochs.push(epoch),
      onReset: () => undefined,
      onState: (state) => void states.push(state),
    })
    const failures = () => lines.filter(({ msg }) => /failed|lost/.test(String(msg)))
    return { bus, tail, seen, states, epochs, failures }
  }

  it('tails every event topic, writes the epoch, removes its group and those left behind', async () => {
    for (const { topic, producer } of kafkaChannels) {
      const user = producer === everyService ? 'news-service' : producer
      await site.busOf(`flux-${user}`).bus.send(topic, [record])
    }
    // Somebody with the same rights, but for deleting groups: what it leaves behind is swept.
    const wanted = site.setupFile()
    const bff = wanted.users.find(({ name }) => name === 'flux-bff')
    const passwordFile = site.passwordFile('flux-untidy')
    await site.setPassword('flux-untidy', 'untidy-secret')
    const acls = kafkaUsers
      .find(({ name }) => name === 'bff')
      ?.acls.map((acl) => ({ ...acl, operations: acl.operations.filter((o) => o !== 'Delete') }))
    expect(bff).toBeDefined()
    wanted.users.push({ name: 'flux-untidy', passwordFile, acls: acls ?? [] })
    expect((await site.setUp(wanted)).said).toBe('')
    const untidy = startTail('flux-untidy')
    await eventually('the untidy tail', () => untidy.tail.state() === 'live')
    await untidy.tail.close()
    expect(untidy.failures().map(({ msg }) => msg)).toContain('deleting a group failed')

    const { tail, seen, epochs, failures } = startTail('flux-bff')
    await eventually('every topic', () => seen.size === kafkaChannels.length)
    await eventually('the tail is live', () => tail.state() === 'live')
    expect(epochs).toEqual(untidy.epochs)
    expect(await tail.ends(platformSources.topic)).toHaveLength(platformSources.partitions)
    await tail.close()
    expect(failures()).toEqual([])
  })

  it('sends commands, and can write no event', async () => {
    const { bus } = site.busOf('flux-bff')
    for (const { topic } of commands) await bus.send(topic, [record])
    for (const topic of [...kafkaChannels.map((c) => c.topic), deadLetterTopic]) {
      await expect(bus.send(topic, [record]), topic).rejects.toMatchObject({ code: 'denied' })
    }
  })
})
