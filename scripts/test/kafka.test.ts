import { testKafka } from '@flux/testkit'
import { expect, inject, it } from 'vitest'
import { tcpOpen } from '../src/stack/wait.ts'

it('shares one broker over the whole run', async () => {
  const port = Number(inject('kafkaBrokers').split(':').at(-1))
  expect(await tcpOpen(port)).toBe(true)
})

it('keeps its data through SIGKILL and a restart, and has another cluster id after a wipe', async () => {
  const kafka = await testKafka()
  try {
    const first = await kafka.clusterId()
    await kafka.kill('SIGKILL')
    expect(kafka.pid).toBeUndefined()
    await kafka.start()
    expect(await kafka.clusterId()).toBe(first)
    await kafka.wipe()
    await kafka.start()
    expect(await kafka.clusterId()).not.toBe(first)
  } finally {
    await kafka.close()
  }
})

it('ends a broker that is paused', async () => {
  const kafka = await testKafka()
  const { pid } = kafka
  await kafka.kill('SIGSTOP')
  await kafka.stop()
  expect(kafka.pid).toBeUndefined()
  expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH')
  await kafka.close()
})
