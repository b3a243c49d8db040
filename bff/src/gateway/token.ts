import { randomBytes } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'

/** A key that signs guest tokens. */
export interface SessionKey {
  readonly kid: string
  readonly secret: Uint8Array
}

/** Who a connection belongs to. `token` is what the client presents next time. */
export interface Session {
  readonly userId: string
  readonly userType: 'guest'
  readonly token: string
}

/** Issues and checks guest tokens. */
export interface Tokens {
  /** No token: a new guest. A well-signed one: its guest, the token renewed when half of its life is over. Else `undefined`. */
  admit(token: string | undefined, nowMs: number): Promise<Session | undefined>
}

const lifeSeconds = 90 * 24 * 3_600
const issuer = 'flux'

/** An id of 22 URL-safe characters: 128 random bits. */
const newUserId = (): string => randomBytes(16).toString('base64url')

/** Checks with all keys, signs with the first: a key is rotated by putting a new one in front. */
export const createTokens = (keys: readonly [SessionKey, ...SessionKey[]]): Tokens => {
  const [signing] = keys
  const byKid = new Map(keys.map((key) => [key.kid, key]))

  const issue = async (userId: string, nowMs: number): Promise<Session> => {
    const now = Math.floor(nowMs / 1_000)
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', kid: signing.kid })
      .setIssuer(issuer)
      .setSubject(userId)
      .setIssuedAt(now)
      .setExpirationTime(now + lifeSeconds)
      .sign(signing.secret)
    return { userId, userType: 'guest', token }
  }

  /** The claims of a well-signed token, expired or not. */
  const verify = async (token: string, nowMs: number): Promise<JWTPayload | undefined> => {
    try {
      const { payload } = await jwtVerify(
        token,
        ({ kid = '' }) => {
          const key = byKid.get(kid)
          if (!key) throw new errors.JWKSNoMatchingKey()
          return key.secret
        },
        { algorithms: ['HS256'], issuer, currentDate: new Date(nowMs) },
      )
      return payload
    } catch (error) {
      return error instanceof errors.JWTExpired ? error.payload : undefined
    }
  }

  return {
    admit: async (token, nowMs) => {
      if (token === undefined) return issue(newUserId(), nowMs)
      const claims = await verify(token, nowMs)
      if (!claims?.sub || !/^[\w-]{22}$/.test(claims.sub)) return undefined
      const isFresh = (claims.exp ?? 0) - nowMs / 1_000 > lifeSeconds / 2
      return isFresh ? { userId: claims.sub, userType: 'guest', token } : issue(claims.sub, nowMs)
    },
  }
}
