import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTokens } from './token.ts'

const key = (kid: string) => ({ kid, secret: new TextEncoder().encode(kid.repeat(32)) })
const day = 24 * 3_600_000
const now = Date.UTC(2026, 0, 1)

describe('guest tokens', () => {
  it('make a new guest of whoever has none', async () => {
    const tokens = createTokens([key('a')])
    const first = await tokens.admit(undefined, now)
    const second = await tokens.admit(undefined, now)
    expect(first?.userId).toMatch(/^[\w-]{22}$/)
    expect(first?.userId).not.toBe(second?.userId)
  })

  it('keep the guest, and are renewed after half of their life', async () => {
    const tokens = createTokens([key('a')])
    const first = await tokens.admit(undefined, now)
    const soon = await tokens.admit(first?.token, now + 10 * day)
    expect(soon).toEqual(first)
    const later = await tokens.admit(first?.token, now + 60 * day)
    expect(later?.userId).toBe(first?.userId)
    expect(later?.token).not.toBe(first?.token)
  })

  it('keep the guest when they are expired but well signed', async () => {
    const tokens = createTokens([key('a')])
    const first = await tokens.admit(undefined, now)
    expect((await tokens.admit(first?.token, now + 400 * day))?.userId).toBe(first?.userId)
  })

  it('are verified by every key and signed by the first', async () => {
    const first = await createTokens([key('a')]).admit(undefined, now)
    const rotated = createTokens([key('b'), key('a')])
    expect((await rotated.admit(first?.token, now))?.userId).toBe(first?.userId)
    expect(await createTokens([key('b')]).admit(first?.token, now)).toBeUndefined()
  })

  it('are refused when forged, of another algorithm, of another issuer or no token at all', async () => {
    const tokens = createTokens([key('a')])
    const forged = await new SignJWT({ sub: 'A'.repeat(22) })
      .setProtectedHeader({ alg: 'HS256', kid: 'a' })
      .setIssuer('flux')
      .sign(key('x').secret)
    const foreign = await new SignJWT({ sub: 'A'.repeat(22) })
      .setProtectedHeader({ alg: 'HS256', kid: 'a' })
      .setIssuer('other')
      .sign(key('a').secret)
    const none = `${btoa('{"alg":"none","kid":"a"}')}.${btoa('{"sub":"x","iss":"flux"}')}.`
    for (const token of [forged, foreign, none, '', 'a.b.c', 'x'.repeat(4_000)])
      expect(await tokens.admit(token, now), token).toBeUndefined()
  })
})
