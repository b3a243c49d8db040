import { kafkaUsers, topics, valkeyAcl } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { kafkaFile } from './kafka-file.ts'

describe('the chart’s file of the contracts', () => {
  const file: unknown = parse(kafkaFile())

  it('holds every topic under its own name, with partitions, delivery and settings', () => {
    expect(file).toMatchObject({
      topics: topics.map(({ topic, partitions, delivery, config }) => ({
        name: topic,
        partitions,
        delivery,
        config,
      })),
    })
  })

  it('holds the users, their rules and the rules of Valkey as the contracts have them', () => {
    expect(file).toMatchObject({ users: kafkaUsers, valkeyAcl })
  })

  it('quotes every setting: a large number would reach the broker as 6.048e+08', () => {
    const settings = kafkaFile().match(/retention\.ms: .*/g) ?? []
    expect(settings.length).toBeGreaterThan(0)
    for (const setting of settings) expect(setting).toMatch(/: "-?\d+"$/)
  })

  it('puts the name first in every user, where scripts/secrets.sh reads it', () => {
    const users = kafkaFile().split(/^users:$/m)[1] ?? ''
    const names = [...users.matchAll(/^ {2}- name: (.*)$/gm)].map(([, name]) => name)
    expect(names).toEqual(kafkaUsers.map(({ name }) => name))
  })
})
