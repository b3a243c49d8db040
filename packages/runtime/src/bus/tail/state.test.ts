import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createStateKeeper } from './state.ts'

const setUp = () => {
  const clock = manualClock()
  const said: string[] = []
  const behind = { now: true }
  const keeper = createStateKeeper({
    clock,
    onState: (state) => said.push(state),
    isBehind: () => behind.now,
  })
  return { clock, said, behind, keeper }
}

describe('createStateKeeper', () => {
  it('is live when the ends are known, reached, and a fetch has succeeded', () => {
    const { said, behind, keeper } = setUp()
    keeper.fetched()
    expect(keeper.state()).toBe('catching-up')
    keeper.aimed(true)
    keeper.check()
    expect(said).toEqual([])
    behind.now = false
    keeper.check()
    expect(said).toEqual(['live'])
  })

  it('is dark after 3 s without a fetch, also at the start', async () => {
    const { clock, said, keeper } = setUp()
    await clock.advance(3000)
    keeper.check()
    expect(said).toEqual([])
    await clock.advance(1)
    keeper.check()
    expect(said).toEqual(['dark'])
  })

  it('comes back over catching-up, against ends that were asked for after the dark', async () => {
    const { clock, said, behind, keeper } = setUp()
    behind.now = false
    keeper.aimed(false)
    keeper.fetched()
    await clock.advance(4000)
    keeper.check()
    keeper.fetched()
    expect(said).toEqual(['live', 'dark', 'catching-up'])
    expect(keeper.needsAim()).toBe(true)
    keeper.check()
    expect(keeper.state()).toBe('catching-up')
    keeper.aimed(false)
    keeper.check()
    expect(keeper.state()).toBe('live')
  })

  it('catches up again when a new start finds it behind', () => {
    const { said, behind, keeper } = setUp()
    behind.now = false
    keeper.aimed(false)
    keeper.fetched()
    keeper.aimed(true)
    expect(said).toEqual(['live', 'catching-up'])
  })
})
