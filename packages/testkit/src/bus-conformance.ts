import { describe } from 'vitest'
import { type BusHarness, openBench } from './bus-conformance/bench.ts'
import { groupTests } from './bus-conformance/group.ts'
import { recordTests } from './bus-conformance/records.ts'
import { tailTests } from './bus-conformance/tail.ts'

/** Registers the tests that every adapter of the bus port passes. */
export const busConformance = (name: string, makeHarness: () => Promise<BusHarness>): void => {
  describe(`bus conformance: ${name}`, () => {
    const open = () => openBench(makeHarness)
    recordTests(open)
    tailTests(open, name)
    groupTests(open)
  })
}
