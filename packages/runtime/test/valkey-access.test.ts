import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { promisify } from 'node:util'
import { cacheKey, valkeyAcl } from '@flux/contracts'
import { cacheConformance, testValkey } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  connectValkey,
  createLog,
  createMetrics,
  loadConfig,
  systemClock,
  type ValkeyClients,
  valkeyClients,
  valkeySecurity,
  valkeySettings,
} from '../src/index.ts'

const closers: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

let url: string
let operator: ValkeyClients
let folder: string
const silent = createLog({ name: 'test', level: 'silent' })

const setUser = (name: string, password: string, rules = valkeyAcl) =>
  operator.pub.call('ACL', 'SETUSER', name, 'reset', 'on', `>${password}`, ...rules.split(' '))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flux-valkey-'))
  closers.push(() => rm(folder, { recursive: true }))
  const valkey = await testValkey()
  closers.push(valkey.close)
  url = valkey.url
  operator = valkeyClients(url, { log: silent, clock: systemClock })
  closers.push(operator.close)
  await vi.waitFor(() => expect(operator.healthy()).toBe(true))
  await vi.waitFor(async () => expect(await operator.pub.ping()).toBe('PONG'))
  await setUser('flux', 'secret-1')
  // The suite's keys are its own; the commands are what it shows.
  await setUser('suite', 'secret-1', valkeyAcl.replace(/~\S+/, '~*'))
})

/** A process's connections as user, its password in a file. */
const signIn = async (username: string, passwordFile: string) => {
  const lines: string[] = []
  const log = createLog({ name: 'test' }, { write: (line) => void lines.push(line) })
  const env = { VALKEY_USERNAME: username, VALKEY_PASSWORD_FILE: passwordFile }
  const security = valkeySecurity(loadConfig(valkeySettings, { ...env, VALKEY_URL: url }), env)
  const metrics = createMetrics()
  const { cache } = connectValkey({ url, log, metrics, clock: systemClock, security })
  const clients = valkeyClients(url, { log, clock: systemClock, security })
  closers.push(cache.close, clients.close)
  return { cache, clients, lines }
}

const passwordFile = async (name: string, password: string) => {
  const path = join(folder, name)
  await writeFile(path, password)
  return path
}

const signedIn = async (username: string) => {
  const made = await signIn(username, await passwordFile(username, 'secret-1'))
  await vi.waitFor(async () => {
    expect(await made.cache.set(cacheKey.once('up', 'x'), '1', 60_000)).toBe(true)
    expect(await made.clients.pub.ping()).toBe('PONG')
  })
  made.lines.length = 0
  return made
}

cacheConformance('valkey as its limited user', async () => {
  const { cache } = await signedIn('suite')
  return { cache, pass: (ms) => systemClock.sleep(ms) }
})

describe('the user of Valkey', () => {
  it('may use the channels of the adapter', async () => {
    const { clients } = await signedIn('flux')
    const heard = vi.fn(() => {})
    clients.sub.on('smessage', heard)
    for (const channel of ['socket.io#/#', 'socket.io#/#user.x#']) {
      await clients.sub.ssubscribe(channel)
      expect(await clients.pub.spublish(channel, 'x')).toBe(1)
      expect(await clients.pub.call('PUBSUB', 'SHARDNUMSUB', channel)).toEqual([channel, 1])
      await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(channel, 'x'))
      await clients.sub.sunsubscribe(channel)
    }
  })

  it.each([
    ['a key of somebody else', ['GET', 'other']],
    ['a channel of somebody else', ['SPUBLISH', 'other', 'x']],
    ['all keys', ['KEYS', '*']],
    ['deleting everything', ['FLUSHALL']],
    ['the rules themselves', ['ACL', 'LIST']],
    ['the settings', ['CONFIG', 'GET', '*']],
  ])('may not touch %s', async (_, [command = '', ...rest]) => {
    const { clients } = await signedIn('flux')
    await expect(clients.pub.call(command, ...rest)).rejects.toThrow('NOPERM')
  })

  it('is told once what it may not do, and goes on with the rest', async () => {
    const { cache, lines } = await signedIn('flux')
    for (let call = 0; call < 5; call += 1) {
      expect(await cache.get('other')).toBeUndefined()
      expect(await cache.get(cacheKey.once('up', 'x'))).toBe('1')
    }
    expect(cache.healthy()).toBe(true)
    expect(lines.filter((line) => line.includes('NOPERM'))).toHaveLength(1)
    expect(lines).toHaveLength(1)
  })

  it('is signed in with a renewed password at the next connection, after saying why it was not', async () => {
    await setUser('renewed', 'before')
    const file = await passwordFile('renewed', 'before')
    const { cache, clients, lines } = await signIn('renewed', file)
    const works = async () => {
      expect(await cache.set(cacheKey.once('up', 'y'), '1', 1_000)).toBe(true)
      expect(await clients.sub.ping()).toBe('PONG')
    }
    await vi.waitFor(works)
    lines.length = 0
    await setUser('renewed', 'after-rotation')
    await operator.pub.call('CLIENT', 'KILL', 'USER', 'renewed')
    await vi.waitFor(() => expect(cache.healthy()).toBe(false))
    await vi.waitFor(() =>
      expect(lines.filter((line) => line.includes('WRONGPASS')).length).toBeGreaterThan(0),
    )
    await writeFile(file, 'after-rotation\n')
    await vi.waitFor(works, { timeout: 5_000 })
    await vi.waitFor(() => expect(clients.healthy()).toBe(true), { timeout: 5_000 })
    // Three connections: each lost once, refused once however often it tried, back once.
    expect(lines.length).toBeLessThanOrEqual(9)
    expect(lines.join()).not.toContain('after-rotation')
    expect(lines.join()).not.toContain('before')
  })
})

describe('a Valkey behind TLS', () => {
  /** The server with TLS before it, under a certificate that signs itself. */
  const behindTls = async () => {
    const [keyFile, certFile] = [join(folder, 'tls.key'), join(folder, 'tls.crt')]
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-subj', '/CN=valkey', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-days', '2', '-keyout', keyFile, '-out', certFile],
    ])
    const [key, cert] = await Promise.all([readFile(keyFile), readFile(certFile, 'utf8')])
    const server = createServer({ key, cert }, (secured) => {
      const plain = connect(Number(new URL(url).port), '127.0.0.1')
      secured.pipe(plain).pipe(secured)
      for (const [one, other] of [
        [secured, plain],
        [plain, secured],
      ] as const) {
        one.on('error', () => other.destroy())
        one.on('close', () => other.destroy())
      }
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closers.push(async () => void server.close())
    const { port }: AddressInfo = Object(server.address())
    return { port, cert }
  }

  it('is trusted by the authority that is configured, and by no other', async () => {
    const { port, cert } = await behindTls()
    const open = (address: string, ca?: string) => {
      const lines: string[] = []
      const log = createLog({ name: 'test' }, { write: (line) => void lines.push(line) })
      const env = { VALKEY_URL: address, VALKEY_CA: ca }
      const security = valkeySecurity(loadConfig(valkeySettings, env), env)
      const metrics = createMetrics()
      const { cache } = connectValkey({
        ...{ url: address, log, metrics, clock: systemClock, security },
      })
      closers.push(cache.close)
      return { cache, lines }
    }
    for (const address of [`rediss://localhost:${port}`, `redis://127.0.0.1:${port}`]) {
      const { cache } = open(address, cert)
      await vi.waitFor(async () => expect(await cache.set('tls', '1', 1_000)).toBe(true), {
        timeout: 5_000,
      })
    }
    const { cache, lines } = open(`rediss://localhost:${port}`)
    await vi.waitFor(() => expect(lines.join()).toMatch(/self-signed certificate/))
    expect(await cache.set('tls', '1', 1_000)).toBe(false)
  })
})
