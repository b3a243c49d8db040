import { kafkaUsers, topics } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { render } from '../src/helm.ts'
import { kafkaFile } from '../src/infra/kafka-file.ts'
import { at, type Json, list, map, text } from '../src/json.ts'
import { fluxOptions, infraOptions, type ValueSet } from '../src/matrix.ts'
import { containersOf, podsOf, type Resource } from '../src/resource.ts'
import { chartFile } from '../src/values.ts'

const wantedTopics = topics.map(({ topic, partitions, config }) => ({ topic, partitions, config }))

const wantedUsers = kafkaUsers.map(({ name, acls }) => ({ user: `flux-${name}`, acls }))

const ofKind = (resources: readonly Resource[], kind: string) =>
  resources.filter((one) => one.kind === kind)

const infra = (provider: 'strimzi' | 'standalone', set: ValueSet = 'default') =>
  render(infraOptions(set, provider))

const setupFile = async (): Promise<Json> => {
  const maps = ofKind(await infra('standalone'), 'ConfigMap')
  const [setup] = maps.filter(({ name }) => name === 'flux-kafka-setup')
  const [content] = Object.values(map(setup?.body, 'data'))
  return JSON.parse(String(content))
}

const byName = <T extends { readonly topic: string }>(some: readonly T[]): readonly T[] =>
  some.toSorted((a, b) => (a.topic < b.topic ? -1 : 1))

describe('topics', () => {
  it('in the chart’s file are those of the contracts (npm run charts:files)', () => {
    expect(chartFile('flux-infra', 'files/kafka.yaml')).toBe(kafkaFile())
  })

  it('for Strimzi are those of the contracts', async () => {
    const found = ofKind(await infra('strimzi'), 'KafkaTopic').map(({ body }) => ({
      topic: text(body, 'spec', 'topicName'),
      partitions: at(body, 'spec', 'partitions'),
      config: map(body, 'spec', 'config'),
    }))
    expect(byName(found)).toEqual(byName(wantedTopics))
  })

  it('for the setup job are those of the contracts', async () => {
    const found = list(await setupFile(), 'topics').map((topic) => ({
      topic: text(topic, 'name'),
      partitions: at(topic, 'partitions'),
      config: map(topic, 'config'),
    }))
    expect(byName(found)).toEqual(byName(wantedTopics))
  })

  it('for production have three replicas each', async () => {
    const found = ofKind(await infra('strimzi', 'prod'), 'KafkaTopic')
    expect(new Set(found.map(({ body }) => at(body, 'spec', 'replicas')))).toEqual(new Set([3]))
    const config = map(ofKind(await infra('strimzi', 'prod'), 'Kafka')[0]?.body, 'spec', 'kafka')
    expect(Number(at(config, 'config', 'min.insync.replicas'))).toBe(2)
  })
})

describe('access', () => {
  it('for Strimzi is what the contracts say', async () => {
    const found = ofKind(await infra('strimzi'), 'KafkaUser').map(({ name, body }) => ({
      user: name,
      acls: list(body, 'spec', 'authorization', 'acls'),
    }))
    expect(found).toEqual(wantedUsers)
  })

  it('for the setup job is what the contracts say', async () => {
    const found = list(await setupFile(), 'users').map((user) => ({
      user: text(user, 'name'),
      acls: list(user, 'acls'),
    }))
    expect(found).toEqual(wantedUsers)
  })

  it('gives no user everything, and none to whom nothing belongs', async () => {
    const users = ofKind(await infra('strimzi'), 'KafkaUser')
    const operations = users.flatMap(({ body }) =>
      list(body, 'spec', 'authorization', 'acls').flatMap((acl) => list(acl, 'operations')),
    )
    expect(operations).not.toContain('All')
    expect(users.map(({ name }) => name)).not.toContain('flux-admin')
  })
})

const variables = (container: Json): Readonly<Record<string, string>> =>
  Object.fromEntries(
    list(container, 'env').map((entry) => [text(entry, 'name'), text(entry, 'value')]),
  )

describe('the applications', () => {
  it('each use the user that is made for them, and every user is used', async () => {
    const pods = podsOf(await render(fluxOptions('prod')))
    const used = pods.flatMap((pod) =>
      containersOf(pod).flatMap((container) => variables(container)['KAFKA_USERNAME'] ?? []),
    )
    expect(used.toSorted()).toEqual(wantedUsers.map(({ user }) => user).toSorted())
  })

  it('find the brokers where either installation has them', async () => {
    const pods = podsOf(await render(fluxOptions('default')))
    const brokers = pods.flatMap((pod) =>
      containersOf(pod).flatMap((container) => variables(container)['KAFKA_BROKERS'] ?? []),
    )
    expect(new Set(brokers)).toEqual(new Set(['flux-kafka-bootstrap:9093']))
    const services = ofKind(await infra('standalone'), 'Service')
    const ports = services
      .filter(({ name }) => name === 'flux-kafka-bootstrap')
      .flatMap(({ body }) => list(body, 'spec', 'ports').map((port) => at(port, 'port')))
    expect(ports).toEqual([9093])
    const [kafka] = ofKind(await infra('strimzi'), 'Kafka')
    expect(kafka?.name).toBe('flux')
    expect(list(kafka?.body, 'spec', 'kafka', 'listeners')).toMatchObject([
      { port: 9093, tls: true, authentication: { type: 'scram-sha-512' } },
    ])
  })

  it('do not know who runs Kafka: there is nothing to set, and so nothing to differ', async () => {
    const told = render({ ...fluxOptions('default'), set: ['kafka.provider=standalone'] })
    await expect(told).rejects.toThrow('provider')
  })
})

describe('changes of topics', () => {
  const change = (topic: string, partitions: number) =>
    render({
      ...infraOptions('default', 'standalone'),
      set: [
        'kafka.provider=standalone',
        `kafka.topics.overrides.${topic.replaceAll('.', '\\.')}.partitions=${partitions}`,
      ],
    })

  it('reach the setup job, which gets another name and so runs again', async () => {
    const jobs = async (resources: Promise<readonly Resource[]>) =>
      ofKind(await resources, 'Job').map(({ name }) => name)
    const [before] = await jobs(infra('standalone'))
    const [after] = await jobs(change('news.service.event.updated', 6))
    expect(after).toMatch(/^flux-kafka-setup-/)
    expect(after).not.toBe(before)
  })

  it('are refused where order would be lost, and where there is no such topic', async () => {
    await expect(change('crypto.trades.event.created', 12)).rejects.toThrow('ordered')
    await expect(change('crypto.trade', 12)).rejects.toThrow('there is no topic "crypto.trade"')
  })
})
