import { describe, expect, it } from 'vitest'
import { runArguments } from './docker.ts'
import { asVariables } from './kafka.ts'
import { brokerProperties, kafkaVersion, newClusterId } from './kafka-install.ts'
import { securedProperties } from './kafka-secured.ts'

const settings = { data: '/data/k', port: 9092, controllerPort: 9093, bind: '127.0.0.1' }

describe('the broker settings', () => {
  it('fills in every placeholder', () => {
    const properties = brokerProperties(settings)
    expect(properties).not.toContain('${')
    expect(properties).toContain('log.dirs=/data/k\n')
    expect(properties).toContain('advertised.listeners=PLAINTEXT://127.0.0.1:9092\n')
    expect(properties).toContain('controller.quorum.voters=1@127.0.0.1:9093\n')
  })

  it('become variables for the image', () => {
    expect(asVariables(brokerProperties(settings))).toMatchObject({
      KAFKA_LOG_DIRS: '/data/k',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    })
  })

  it('belong to the version that Maven is asked for', () => {
    expect(kafkaVersion).toMatch(/^\d+\.\d+\.\d+$/)
  })
})

describe('the settings of a secured broker', () => {
  const secured = {
    port: 9094,
    keystore: '/data/broker.pem',
    admin: { username: 'root', password: 'secret' },
  }
  const lines = securedProperties(settings, secured).split('\n')
  const last = (name: string) =>
    lines.findLast((line) => line.startsWith(`${name}=`))?.slice(name.length + 1)

  it('add a listener with TLS and SCRAM to the ordinary ones', () => {
    expect(last('listeners')).toContain('SECURED://127.0.0.1:9094')
    expect(last('listeners')).toContain('PLAINTEXT://127.0.0.1:9092')
    expect(last('listener.security.protocol.map')).toContain('SECURED:SASL_SSL')
    expect(last('listener.name.secured.ssl.keystore.location')).toBe('/data/broker.pem')
  })

  it('deny what no rule allows, but to the administrator, and hold no password', () => {
    expect(last('allow.everyone.if.no.acl.found')).toBe('false')
    expect(last('super.users')).toBe('User:ANONYMOUS;User:root')
    expect(lines.join()).not.toContain('secret')
  })
})

describe('newClusterId', () => {
  it('is 22 characters that the broker accepts, never the same twice', () => {
    const ids = Array.from({ length: 100 }, () => newClusterId())
    expect(new Set(ids).size).toBe(100)
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/)
  })

  it('does not begin with a dash, which the format tool takes for an option', () => {
    const draws = [Buffer.alloc(16, 0xf8), Buffer.alloc(16, 0xfb), Buffer.alloc(16, 0x01)]
    expect(draws[0]?.toString('base64url')).toMatch(/^-/)
    expect(newClusterId(() => draws.shift() ?? Buffer.alloc(16))).toMatch(/^[^-]/)
  })
})

describe('runArguments', () => {
  it('publishes ports on the loopback alone and ends the options with the image', () => {
    const spec = {
      name: 'kafka',
      image: 'apache/kafka:1',
      container: 'flux-kafka-9092',
      ports: [9092],
      volumes: ['flux-kafka-9092:/data'],
      args: ['run'],
      env: async () => ({}),
      ready: async () => true,
    }
    expect(runArguments(spec, { A: 'b' })).toEqual([
      'run',
      '--rm',
      '--name=flux-kafka-9092',
      '--publish=127.0.0.1:9092:9092',
      '--volume=flux-kafka-9092:/data',
      '--env=A=b',
      'apache/kafka:1',
      'run',
    ])
  })
})
