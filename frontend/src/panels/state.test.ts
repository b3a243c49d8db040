import { describe, expect, it } from 'vitest'
import { isFaded, type PanelFacts, panelState, showsContent } from './state.ts'

const kindOf = (facts: Partial<PanelFacts>) =>
  panelState({
    phase: 'live',
    room: 'live',
    filled: true,
    stale: false,
    missingKey: undefined,
    trouble: undefined,
    ...facts,
  })

describe('panelState', () => {
  it('keeps what was shown through every outage', () => {
    for (const phase of ['connecting', 'session', 'live', 'offline', 'recovering'] as const)
      for (const room of ['waiting', 'live', 'refused'] as const)
        expect(showsContent(kindOf({ phase, room, missingKey: 'KEY', trouble: 'no' }))).toBe(true)
  })

  it('says what condition the content is in', () => {
    expect(kindOf({}).kind).toBe('live')
    expect(kindOf({ stale: true }).kind).toBe('stale')
    expect(kindOf({ phase: 'offline', stale: true }).kind).toBe('offline')
    expect(kindOf({ phase: 'recovering' }).kind).toBe('recovering')
    expect(isFaded(kindOf({ phase: 'offline' }))).toBe(true)
    expect(isFaded(kindOf({ stale: true }))).toBe(false)
  })

  it('loads until its room has answered, and only then calls itself empty', () => {
    expect(kindOf({ filled: false, room: 'waiting' }).kind).toBe('loading')
    expect(kindOf({ filled: false, room: 'waiting', phase: 'connecting' }).kind).toBe('loading')
    expect(kindOf({ filled: false }).kind).toBe('empty')
    expect(kindOf({ filled: false, phase: 'offline' }).kind).toBe('waiting')
  })

  it('tells why there is nothing, the key before the trouble', () => {
    expect(kindOf({ filled: false, room: 'refused' }).kind).toBe('refused')
    expect(kindOf({ filled: false, trouble: 'It is down.' })).toEqual({
      kind: 'error',
      words: 'It is down.',
    })
    expect(kindOf({ filled: false, missingKey: 'A_KEY', trouble: 'x' })).toEqual({
      kind: 'unconfigured',
      enabledBy: 'A_KEY',
    })
    expect(kindOf({ filled: false, missingKey: '' })).toEqual({
      kind: 'unconfigured',
      enabledBy: undefined,
    })
  })
})
