import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { choosePort, createPorts, freePort } from './ports.ts'

const servers: ReturnType<typeof createServer>[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const listen = async (port: number, host: string) => {
  const server = createServer()
  servers.push(server)
  await once(server.listen(port, host), 'listening')
}

describe('freePort', () => {
  it('stays below the ports that the system gives to outgoing connections', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()))
    expect(Math.max(...ports)).toBeLessThan(32_768)
  })

  it('gives no port to two who ask before either listens', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()))
    expect(new Set(ports).size).toBe(50)
  })

  it('passes over ports that are in use', async () => {
    const taken = await freePort()
    await listen(taken, '127.0.0.1')
    const next = createPorts({ from: taken, to: taken + 50, first: taken })
    expect(await next()).toBeGreaterThan(taken)
  })

  it('begins again at the end of its range', async () => {
    const port = await freePort()
    const next = createPorts({ from: port, to: port, first: port })
    expect([await next(), await next()]).toEqual([port, port])
  })

  it('gives up with a reason when all are in use', async () => {
    const taken = await freePort()
    await listen(taken, '127.0.0.1')
    const next = createPorts({ from: taken, to: taken, first: taken })
    await expect(next()).rejects.toMatchObject({ code: 'no_free_port' })
  })
})

describe('choosePort', () => {
  it('takes the wished port when it is free', async () => {
    const port = await freePort()
    expect(await choosePort(port, 'edge', 'PORT')).toBe(port)
  })

  it.each(['127.0.0.1', '0.0.0.0', '::'])(
    'names the port, the part and the setting when it is in use on %s',
    async (host) => {
      const port = await freePort()
      await listen(port, host)
      await expect(choosePort(port, 'edge', 'PORT')).rejects.toMatchObject({
        code: 'port_in_use',
        message: expect.stringMatching(new RegExp(`port ${port} \\(edge\\).*PORT=\\d+$`)),
      })
    },
  )
})
