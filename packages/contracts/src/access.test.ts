import { describe, expect, it } from 'vitest'
import { type AclOperation, type KafkaUser, kafkaUsers } from './access.ts'
import { cacheKey, valkeyAcl } from './cache-keys.ts'
import { everyService } from './channel.ts'
import { commands, kafkaChannels } from './registry.ts'
import { deadLetterTopic, epochTopic, leaderTopic, tailGroupPrefix, topics } from './topics.ts'

const services = kafkaUsers.filter(({ name }) => name !== 'bff')

const mayOn = (type: string, { acls }: KafkaUser, operation: AclOperation): readonly string[] =>
  acls
    .filter(({ resource, operations }) => resource.type === type && operations.includes(operation))
    .map(({ resource }) => resource.name)

const whoMay = (operation: AclOperation, topic: string): readonly string[] =>
  kafkaUsers
    .filter((user) => mayOn('topic', user, operation).includes(topic))
    .map(({ name }) => name)

describe('kafkaUsers', () => {
  it('are the BFF and every service that produces or handles something', () => {
    const named = [...kafkaChannels.map((c) => c.producer), ...commands.map((c) => c.service)]
    const expected = new Set([...named.filter((name) => name !== everyService), 'bff'])
    expect(new Set(kafkaUsers.map(({ name }) => name))).toEqual(expected)
    expect(kafkaUsers).toHaveLength(expected.size)
  })

  it.each(kafkaChannels)(
    'let nobody but its producer write $name, and the BFF read it',
    (channel) => {
      const producers =
        channel.producer === everyService ? services.map(({ name }) => name) : [channel.producer]
      expect(whoMay('Write', channel.topic)).toEqual(producers)
      const readers = channel.producer === everyService ? ['bff'] : ['bff', channel.producer]
      expect(whoMay('Read', channel.topic)).toEqual(readers)
    },
  )

  it.each(commands)('let only the BFF send $name and only $service take it', (command) => {
    expect(whoMay('Write', command.topic)).toEqual(['bff'])
    expect(whoMay('Read', command.topic)).toEqual([command.service])
  })

  it('let the BFF alone write the epoch, and services alone leave dead letters', () => {
    expect(whoMay('Write', epochTopic)).toEqual(['bff'])
    expect(whoMay('Read', epochTopic)).toEqual(['bff'])
    expect(whoMay('Write', deadLetterTopic)).toEqual(services.map(({ name }) => name))
    expect(whoMay('Read', deadLetterTopic)).toEqual([])
  })

  it('give every service something to join its own group for, and no other group', () => {
    for (const service of services) {
      const { name } = service
      const joined = [...commands.filter((c) => c.service === name).map((c) => c.topic)]
      const expected = joined.length > 0 ? joined : [leaderTopic(name)]
      expect(mayOn('topic', service, 'Read')).toEqual(expect.arrayContaining(expected))
      expect(mayOn('group', service, 'Read')).toEqual([name])
      expect(mayOn('group', service, 'Delete')).toEqual([])
    }
  })

  it('name only topics there are, each once, with Describe and nothing that changes the cluster', () => {
    const known = new Set(topics.map(({ topic }) => topic))
    for (const { name, acls } of kafkaUsers) {
      const resources = acls.map(({ resource }) => `${resource.type} ${resource.name}`)
      expect(new Set(resources).size, name).toBe(resources.length)
      for (const { resource, operations } of acls) {
        expect(operations).toContain('Describe')
        expect(resource.type).not.toBe('cluster')
        if (resource.type === 'group') continue
        expect(known, resource.name).toContain(resource.name)
        expect(operations).not.toContain('Delete')
        expect(resource.patternType).toBe('literal')
      }
    }
  })

  it('keep the groups of tails apart from those of services', () => {
    for (const { name } of services) expect(name.startsWith(tailGroupPrefix)).toBe(false)
  })
})

describe('valkeyAcl', () => {
  it('covers every key and begins with nothing allowed', () => {
    const rules = valkeyAcl.split(' ')
    const pattern =
      rules
        .find((rule) => rule.startsWith('~'))
        ?.slice(1)
        .replace('*', '') ?? 'none'
    for (const key of [cacheKey.snapshot('x'), cacheKey.user('u', 'f'), cacheKey.budget('p')]) {
      expect(key.startsWith(pattern)).toBe(true)
    }
    expect(
      rules.filter((rule) => /^(?:allkeys|allchannels|allcommands|\+@|~\*|&\*)/.test(rule)),
    ).toEqual([])
    expect(rules.indexOf('-@all')).toBeLessThan(rules.findIndex((rule) => rule.startsWith('+')))
  })
})
