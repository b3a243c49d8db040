import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { FluxError } from '../errors.ts'
import { type PipeOptions, pipe } from './pipe.ts'
import { createQueue } from './queue.ts'

const setUp = (options: Pick<PipeOptions<number>, 'open'> & Partial<PipeOptions<number>>) => {
  const clock = manualClock()
  const controller = new AbortController()
  const taken: number[] = []
  const errors: [unknown, number | undefined][] = []
  const done = pipe<number>({
    sink: (value) => void taken.push(value),
    onError: (error, at) => errors.push([error, at?.value]),
    clock,
    random: () => 0.5,
    signal: controller.signal,
    ...options,
  })
  return { clock, controller, taken, errors, done }
}

async function* numbers(from: number, to: number, end?: Error) {
  for (let value = from; value <= to; value += 1) yield value
  if (end) throw end
}

describe('pipe', () => {
  it('carries every value in order and resolves with the source', async () => {
    const { taken, errors, done } = setUp({ open: () => numbers(1, 5) })
    await done
    expect(taken).toEqual([1, 2, 3, 4, 5])
    expect(errors).toEqual([])
  })

  it('reports a value that the sink refuses and goes on with the next', async () => {
    const refused = new FluxError('contract_broken', 'no')
    const taken: number[] = []
    const { errors, done } = setUp({
      open: () => numbers(1, 3),
      sink: async (value) => {
        if (value === 2) throw refused
        taken.push(value)
      },
    })
    await done
    expect(taken).toEqual([1, 3])
    expect(errors).toEqual([[refused, 2]])
  })

  it('opens a failed source again, later each time until a value has come', async () => {
    const opened: number[] = []
    const gone = new Error('gone')
    const clock = manualClock()
    const { taken, errors, done } = setUp({
      clock,
      open: () => {
        opened.push(clock.monotonic())
        const last = opened.length
        if (last === 3) return numbers(7, 7, gone)
        return last === 4 ? numbers(8, 9) : numbers(1, 0, gone)
      },
    })
    await clock.advance(10_000)
    await done
    expect(opened).toEqual([0, 500, 1_500, 2_000])
    expect(taken).toEqual([7, 8, 9])
    expect(errors).toEqual([
      [gone, undefined],
      [gone, undefined],
      [gone, undefined],
    ])
  })

  it('ends at once when aborted while the source is silent, and tells the source', async () => {
    const queue = createQueue<number>({ limit: 5, overflow: 'refuse' })
    let stopped = false
    async function* silent() {
      try {
        yield 1
        yield* queue
      } finally {
        stopped = true
      }
    }
    const { clock, controller, taken, done } = setUp({ open: silent })
    await clock.settle()
    controller.abort()
    await done
    expect(taken).toEqual([1])
    queue.close()
    await clock.settle()
    expect(stopped).toBe(true)
  })

  it('does not take the next value before the sink is done', async () => {
    let busy = 0
    const { done } = setUp({
      open: () => numbers(1, 10),
      sink: async () => {
        busy += 1
        expect(busy).toBe(1)
        await Promise.resolve()
        busy -= 1
      },
    })
    await done
  })
})
