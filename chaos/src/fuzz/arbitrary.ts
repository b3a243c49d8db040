import { channels, clientEvent } from '@flux/contracts'
import fc from 'fast-check'

/** Texts that mean something to somebody on the way: parsers, caches, shells, object prototypes. */
const loaded = fc.constantFrom(
  ...['__proto__', 'constructor', 'toString', 'user.AAAAAAAAAAAAAAAAAAAAAA', 'crypto.global'],
  ...['weather.oslo-no', 'platform.canary', '../../etc/passwd', '%00', '\u0000', '\ud800', 'null'],
  ...[
    '-1',
    '1e309',
    '9007199254740993',
    '[]',
    '{}',
    "'; DROP TABLE users;--",
    '$' + '{jndi:ldap://x}',
  ],
)

/** A text: loaded, random, or long. */
export const text = fc.oneof(
  { weight: 4, arbitrary: loaded },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 500, maxLength: 2_000 }) },
)

const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-1, 0, 2 ** 53, 1e300))

/** Any JSON value; the rare ones are deep. */
const json = fc.oneof(
  { weight: 8, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.integer({ min: 50, max: 2_000 }).map((depth) => nest(depth)) },
)

const nest = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

const any = fc.oneof(text, number, json)

const room = fc.oneof(text, fc.constantFrom('crypto.global', 'crypto.BTC-USD', 'weather.oslo-no'))
const channel = fc.oneof(fc.constantFrom(...channels.map(({ name }) => name)), text)
const offsets = fc.dictionary(fc.oneof(fc.constantFrom('0', '5', '99'), text), number, {
  maxKeys: 3,
})

/** A cursor, more or less: real rooms and channels, offsets of any kind. */
const cursor = fc.dictionary(room, fc.dictionary(channel, offsets, { maxKeys: 2 }), { maxKeys: 3 })

const subscribe = fc.record(
  {
    rooms: fc.oneof(fc.array(room, { maxLength: 40 }), any),
    cursor: fc.oneof(cursor, any),
    rev: fc.oneof(fc.nat(), any),
    epoch: any,
    maxHz: any,
  },
  { requiredKeys: [] },
)

const location = fc.oneof(
  fc.record({ placeId: any }),
  fc.record({ city: any, country: any }, { requiredKeys: ['city'] }),
  fc.record({ lat: any, lon: any }),
)

const history = fc.record({ channel: fc.oneof(channel, any), key: any })
const user = fc.record({
  field: fc.oneof(fc.constantFrom('units', 'watchlist'), text),
  value: any,
  ver: any,
})
const rum = fc.record({ samples: any, counts: any, traces: any }, { requiredKeys: [] })

const bodies: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  [clientEvent.subscribe]: subscribe,
  [clientEvent.location]: location,
  [clientEvent.history]: history,
  [clientEvent.userUpdate]: user,
  [clientEvent.rum]: rum,
}

const eventName = fc.oneof(fc.constantFrom(...Object.values(clientEvent), 'session:init'), text)

/** A message of a client: its event and arguments, most of them nearly right. */
export const message: fc.Arbitrary<readonly unknown[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...Object.entries(bodies))
      .chain(([event, body]) => body.map((value) => [event, value])),
  },
  { weight: 2, arbitrary: fc.tuple(eventName, any) },
  { weight: 1, arbitrary: fc.tuple(eventName, any, any) },
)

/** What stands where a token should. */
export const auth: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({
    token: fc.oneof(
      any,
      fc.tuple(text, text, text).map((parts) => parts.join('.')),
    ),
  }),
  any,
)

/** A text frame of Engine.IO and Socket.IO: right in its beginning, wrong somewhere behind. */
export const frame: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        '',
        '0',
        '1',
        '2',
        '3',
        '4',
        '40',
        '41',
        '42',
        '43',
        '44',
        '45',
        '46',
        '5',
        '6',
        '9',
      ),
      text,
    )
    .map(([type, rest]) => type + rest),
  fc
    .tuple(fc.constantFrom('42', '421', '43', '451-', '461-', '42/x,'), json)
    .map(([type, body]) => type + JSON.stringify(body)),
  fc.tuple(fc.nat(200), message).map(([cut, body]) => `42${JSON.stringify(body)}`.slice(0, cut)),
  fc.uint8Array({ maxLength: 400 }),
)

/** A way below the public HTTP server, with a query. */
export const path: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      '/',
      '/api/v1/channels',
      '/api/v1/channels/',
      '/api/v1/places',
      '/api/v1/',
      '/socket.io/',
    ),
    text,
    fc.constantFrom('', '?q=', '?EIO=4&transport=', '?limit=', '?a[b]='),
    text,
  )
  .map(([base, rest, query, value]) => `${base}${safely(rest)}${query}${query && safely(value)}`)

// Half of a pair cannot be written in an address; as a stray percent sign it can.
const safely = (value: string): string =>
  value.isWellFormed() ? encodeURIComponent(value).replaceAll('%25', '%') : '%ud8'

/** Key, value and headers of a record that no service of ours makes. */
export const badRecord = fc.record({
  key: fc.oneof(text, fc.constant('FUZZ-USD')),
  value: fc.oneof(
    json.map((value) => JSON.stringify(value)),
    text,
    fc.record({ price: any, at: any }).map((value) => JSON.stringify(value)),
  ),
  headers: fc.oneof(
    fc.constant({}),
    fc.dictionary(
      fc.constantFrom('flux-schema', 'flux-at', 'flux-version', 'flux-id', 'traceparent', 'x'),
      fc.oneof(text, fc.constantFrom('crypto.ticker@1', '1e309', '-5', '00-x-y-01')),
    ),
  ),
})
