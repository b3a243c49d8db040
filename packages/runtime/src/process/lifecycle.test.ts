import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createLog } from '../telemetry/log.ts'
import { createLifecycle } from './lifecycle.ts'

const make = () => {
  const clock = manualClock()
  const lines: string[] = []
  const log = createLog({ name: 'test' }, { write: (line) => void lines.push(line) })
  return { clock, lines, lifecycle: createLifecycle({ clock, log, deadlineMs: 1_000 }) }
}

describe('a lifecycle', () => {
  it('closes in reverse order of opening, one after another', async () => {
    const { clock, lifecycle } = make()
    const order: string[] = []
    lifecycle.onClose('first', () => void order.push('first'))
    lifecycle.onClose('second', async () => {
      await clock.sleep(100)
      order.push('second')
    })
    const closed = lifecycle.close('done')
    expect(lifecycle.signal.aborted).toBe(true)
    await clock.advance(200)
    expect([await closed, order]).toEqual([true, ['second', 'first']])
  })

  it('closes once, whoever asks', async () => {
    const { lifecycle } = make()
    let count = 0
    lifecycle.onClose('it', () => {
      count += 1
    })
    await Promise.all([lifecycle.close('a'), lifecycle.close('b')])
    expect(count).toBe(1)
  })

  it('goes on after a part that fails to close, and says so', async () => {
    const { lifecycle, lines } = make()
    let reached = false
    lifecycle.onClose('good', () => {
      reached = true
    })
    lifecycle.onClose('bad', () => Promise.reject(new Error('stuck')))
    expect([await lifecycle.close('done'), reached]).toEqual([false, true])
    expect(lines.join()).toContain('"part":"bad"')
  })

  it('gives up at the deadline and names what hangs and what waits', async () => {
    const { clock, lifecycle, lines } = make()
    lifecycle.onClose('waits', () => {})
    lifecycle.onClose('hangs', () => new Promise(() => {}))
    const closed = lifecycle.close('done')
    await clock.advance(1_001)
    expect(await closed).toBe(false)
    expect(lines.join()).toContain('"part":"hangs","waiting":["waits"]')
  })

  it('closes at once what is opened while or after all is closed', async () => {
    const { lifecycle } = make()
    const order: string[] = []
    lifecycle.onClose('early', () => {
      lifecycle.onClose('late', () => void order.push('late'))
    })
    await lifecycle.close('done')
    lifecycle.onClose('last', () => void order.push('last'))
    expect(order).toEqual(['late', 'last'])
  })
})
