import { createKafkaAdmin, createLog } from '@flux/runtime'
import { eventually } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Installation, startInstallation } from './installation.ts'

let site: Installation
beforeAll(async () => {
  site = await startInstallation()
})
afterAll(async () => {
  await site.close()
})

const record = { key: 'k', value: '{}', headers: {} }
const weatherTopic = 'weather.service.event.updated'

/** The administration with the administrator's own credentials. */
const openAdmin = () =>
  createKafkaAdmin({
    brokers: [site.kafka.secured?.brokers ?? ''],
    clientId: 'test',
    log: createLog({ name: 'test', level: 'silent' }),
    ssl: { ca: [site.kafka.secured?.ca ?? ''] },
    sasl: () => site.admin,
  })

const setUpWell = async (...args: Parameters<Installation['setUp']>) => {
  const result = await site.setUp(...args)
  expect(result.said).toBe('')
  expect(result.exit).toBe(0)
  return result
}

describe('kafka-setup', () => {
  it('waits for the broker, and stops waiting when it is told to', async () => {
    await site.kafka.kill('SIGKILL')
    const { host, done } = await site.startSetup()
    await eventually('a word about waiting', () => host.logged().length > 0)
    expect(host.logged()[0]).toMatchObject({ msg: 'waiting for Kafka' })
    host.signal('SIGTERM')
    await done
    expect(host.exits()).toEqual([1])
    expect(host.complained()).toContain('stopped by SIGTERM')

    const waiting = await site.startSetup()
    await eventually('a word about waiting', () => waiting.host.logged().length > 0)
    await site.kafka.start()
    await waiting.done
    expect(waiting.host.complained()).toBe('')
    expect(waiting.host.exits()).toEqual([0])
    expect(waiting.host.logged().at(-1)).toMatchObject({ msg: 'Kafka is set up' })
  })

  it('gives up at its deadline with what it waited for', async () => {
    const { exit, said } = await site.setUp(undefined, {
      KAFKA_BROKERS: '127.0.0.1:1',
      KAFKA_SETUP_TIMEOUT_MS: '1000',
    })
    expect(exit).toBe(1)
    expect(said).toMatch(/ECONNREFUSED/)
  })

  it('changes nothing the second time', async () => {
    await setUpWell()
    const { logged, last } = await setUpWell()
    expect(last).toMatchObject({ msg: 'Kafka was set up already', changes: 0 })
    expect(logged).toHaveLength(1)
  })

  it('puts right what differs, and leaves what it was not asked about', async () => {
    await setUpWell()
    const admin = openAdmin()
    const strange = {
      ...{ user: 'flux-weather-service', type: 'topic', name: 'crypto.', patternType: 'prefix' },
      ...{ operation: 'All', permission: 'Allow', host: '*' },
    }
    await admin.addRules([strange])
    await admin.configureTopic(weatherTopic, { 'retention.ms': '1234', 'max.message.bytes': '999' })
    const { last } = await setUpWell()
    expect(last).toMatchObject({ changes: 2 })
    expect(await admin.rules('flux-weather-service')).not.toContainEqual(strange)
    const found = (await admin.topics([weatherTopic])).get(weatherTopic)
    expect(found?.config).toMatchObject({ 'max.message.bytes': '999' })
    expect(found?.config['retention.ms']).not.toBe('1234')
    await admin.close()
  })

  it('adds partitions to a topic of newest values, and takes none away', async () => {
    const wanted = site.setupFile()
    const topic = wanted.topics.find(({ name }) => name === weatherTopic)
    if (topic) topic.partitions = 5
    expect((await setUpWell(wanted)).last).toMatchObject({ changes: 1 })
    const { bus } = site.busOf('flux-weather-service')
    expect(await bus.ends(weatherTopic)).toHaveLength(5)
    const { logged, last } = await setUpWell()
    expect(last).toMatchObject({ changes: 0 })
    expect(logged[0]?.['msg']).toMatch(/has 5 partitions, more than the 3/)
  })

  it('refuses to add partitions to an ordered topic, and does nothing else then', async () => {
    const wanted = site.setupFile()
    wanted.topics.push({ name: 'late', partitions: 1, delivery: 'latest', config: {} })
    const topic = wanted.topics.find(({ name }) => name === 'crypto.trades.event.created')
    if (topic) topic.partitions += 1
    const { exit, said } = await site.setUp(wanted)
    expect(exit).toBe(1)
    expect(said).toMatch(/crypto\.trades\.event\.created has 6 partitions and cannot be given 7/)
    const admin = openAdmin()
    expect((await admin.topics(['late'])).size).toBe(0)
    await admin.close()
  })

  it('gives a user its changed password, which its process reads at the next connection', async () => {
    await setUpWell()
    const user = 'flux-news-service'
    const topic = 'news.service.event.updated'
    await site.setPassword(user, 'renewed-secret')
    const early = site.busOf(user)
    await expect(early.bus.send(topic, [record])).rejects.toMatchObject({ code: 'denied' })
    const { logged, last } = await setUpWell()
    expect(last).toMatchObject({ changes: 1 })
    expect(logged).toContainEqual(expect.objectContaining({ msg: 'password set', user }))
    await early.bus.send(topic, [record])
  })

  it('replaces the own password of the administrator when it is told the previous one', async () => {
    await site.setPassword(site.admin.username, 'admin-renewed')
    const refused = await site.setUp()
    expect(refused.exit).toBe(1)
    expect(refused.said).toMatch(/refuses flux-admin.*KAFKA_PREVIOUS_PASSWORD_FILE/)
    await setUpWell(undefined, { KAFKA_PREVIOUS_PASSWORD: site.admin.password })
    await setUpWell()
    // As it was, for the other tests.
    await site.setPassword(site.admin.username, site.admin.password)
    await setUpWell(undefined, { KAFKA_PREVIOUS_PASSWORD: 'admin-renewed' })
  })

  it('lists what is wrong with its file and exits with 78', async () => {
    const wanted = site.setupFile()
    const user = wanted.users[0]
    if (user) user.acls = [{ resource: { type: 'topic', name: 'x' }, operations: ['Wrong'] }]
    const { exit, said } = await site.setUp(wanted)
    expect(exit).toBe(78)
    expect(said).toContain('users.0.acls.0.resource.patternType')
    expect(said).toContain('is none of Read')
    await site.setPassword('flux-empty', ' ')
    const empty = { name: 'flux-empty', passwordFile: site.passwordFile('flux-empty'), acls: [] }
    const second = await site.setUp({ topics: [], users: [empty] })
    expect(second.exit).toBe(78)
    expect(second.said).toContain('the password of flux-empty is empty')
  })
})

describe('a process with a wrong password', () => {
  it('says so once, stays up, and goes on when its file is right', async () => {
    await setUpWell()
    const user = 'flux-stock-service'
    await site.setPassword(user, 'wrong')
    const { bus, said } = site.busOf(user)
    const member = await bus.join({
      group: 'stock-service',
      topics: ['stock.service.command.topperformers.refresh'],
      handler: async () => undefined,
    })
    await eventually('a third attempt', () => said('consumer lost').length >= 3)
    expect(said('consumer lost').filter(({ level }) => level === 'warn')).toHaveLength(1)
    expect(said('consumer lost')[0]).toMatchObject({ code: 'denied' })
    await site.setPassword(user, 'stock-service-secret')
    await eventually('the group is joined', () => member.healthy())
    // A loop without a pause would have come round hundreds of times.
    expect(said('consumer lost').length).toBeLessThan(30)
    await bus.close()
  })
})
