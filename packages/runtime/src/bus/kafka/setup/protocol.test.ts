import { pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { configAnswer, configRequest } from './configs.ts'
import { assertTaken } from './request.ts'
import { saltPassword, scramAnswer, scramRequest } from './scram.ts'
import { compact, createReader } from './wire.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('AlterUserScramCredentials', () => {
  it('is encoded as the protocol guide says', () => {
    const password = { username: 'ab', salt: hex('0102'), salted: hex('0304 05') }
    const request = scramRequest([password])
    expect(request).toMatchObject({ apiKey: 51, apiVersion: 0 })
    // End of the header, no deletions, one upsertion: name, mechanism, iterations, salt, salted password, tags; tags.
    expect(request.body).toEqual(hex('00 01 02 03 6162 02 00001000 03 0102 04 030405 00 00'))
  })

  it('takes the answer for each user', () => {
    const answer = hex('00 00000000 03 02 61 0000 00 00 02 62 005b 04 626164 00 00')
    expect(scramAnswer(answer)).toEqual([
      { user: 'a', code: 0, message: null },
      { user: 'b', code: 91, message: 'bad' },
    ])
  })

  it('salts a password as RFC 5802 says, differently every time', async () => {
    const credentials = { username: 'u', password: 'pässword' }
    const { salt, salted } = await saltPassword(credentials)
    expect(salted).toEqual(pbkdf2Sync(Buffer.from('pässword'), salt, 4096, 64, 'sha512'))
    expect((await saltPassword(credentials)).salt).not.toEqual(salt)
  })
})

describe('IncrementalAlterConfigs', () => {
  it('is encoded as the protocol guide says', () => {
    const request = configRequest('t', { a: '1' })
    expect(request).toMatchObject({ apiKey: 44, apiVersion: 0 })
    expect(request.body).toEqual(hex('00000001 02 0001 74 00000001 0001 61 00 0001 31 00'))
  })

  it('takes the answer for each topic', () => {
    expect(configAnswer(hex('00000000 00000001 0028 0002 6e6f 02 0001 74'))).toEqual([
      { code: 40, message: 'no', topic: 't' },
    ])
  })
})

describe('the pieces of the wire format', () => {
  it('have lengths of more than one byte', () => {
    const text = 'x'.repeat(300)
    expect(compact(text).subarray(0, 2)).toEqual(hex('ad02'))
    expect(createReader(compact(text)).compact()).toBe(text)
  })

  it('skip tagged fields, and refuse an answer that is cut', () => {
    const reader = createReader(hex('01 05 02 ffff 07'))
    reader.tags()
    expect(reader.int8()).toBe(7)
    expect(() => reader.int32()).toThrow(RangeError)
  })
})

describe('assertTaken', () => {
  it.each([
    [31, 'denied', false],
    [41, 'bus_unavailable', true],
    [40, 'refused', false],
  ])('throws for error %i: %s', (error, code, retryable) => {
    expect(() => assertTaken(error, 'because', 'setting a')).toThrow(
      expect.objectContaining({ code, retryable }),
    )
    expect(() => assertTaken(0, null, 'setting a')).not.toThrow()
  })
})
