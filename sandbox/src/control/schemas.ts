import { z } from 'zod'

/** How long a fault lasts: for `count` uses, for `forMs` milliseconds, or until it is cleared. */
const span = {
  count: z.number().int().min(1).max(1_000_000).optional(),
  forMs: z.number().int().min(1).max(86_400_000).optional(),
}
const http = { ...span, provider: z.string(), path: z.string().startsWith('/').optional() }
const socket = { ...span, provider: z.string().default('coinbase') }
const instant = { provider: z.string().default('coinbase') }
const product = z.string().min(1).max(30).optional()

/** The ways in which a stream's frame can be damaged. */
export const damages = [
  'malformed',
  'unknown_type',
  'nulls',
  'zero_open',
  'missing_fields',
  'not_an_object',
] as const

/** One of `damages`. */
export type Damage = (typeof damages)[number]

const httpFaults = [
  z.strictObject({
    ...http,
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    retryAfterS: z.number().int().min(0).max(86_400).optional(),
    body: z.unknown().optional(),
  }),
  z.strictObject({
    ...http,
    kind: z.literal('slow'),
    delayMs: z.number().int().min(1).max(600_000),
  }),
  z.strictObject({ ...http, kind: z.literal('cut') }),
  z.strictObject({ ...http, kind: z.literal('malformed') }),
  z.strictObject({
    ...http,
    kind: z.literal('nulls'),
    fields: z.array(z.string()).min(1).optional(),
  }),
  z.strictObject({ ...http, kind: z.literal('html') }),
  z.strictObject({ ...http, kind: z.literal('error_object'), body: z.unknown().optional() }),
  z.strictObject({ ...http, kind: z.literal('empty') }),
] as const

const socketFaults = [
  z.strictObject({ ...socket, kind: z.literal('silent') }),
  z.strictObject({
    ...socket,
    kind: z.literal('refuse'),
    status: z.number().int().min(400).max(599).default(503),
  }),
  z.strictObject({
    ...socket,
    kind: z.literal('gap'),
    product,
    count: z.number().int().min(1).max(1_000_000),
  }),
  z.strictObject({
    ...socket,
    kind: z.literal('garbage'),
    damage: z.enum(damages),
    product,
    /** The damaged frame comes before the good one, or in its place. */
    mode: z.enum(['extra', 'replace']).default('extra'),
  }),
  z.strictObject({ ...socket, kind: z.literal('duplicate'), product }),
] as const

const instantFaults = [
  z.strictObject({ ...instant, kind: z.literal('drop') }),
  z.strictObject({
    ...instant,
    kind: z.literal('burst'),
    product,
    count: z.number().int().min(1).max(10_000),
  }),
  z.strictObject({
    ...instant,
    kind: z.literal('error_frame'),
    message: z.string().max(500).default('Internal error'),
    reason: z.string().max(500).optional(),
    count: z.number().int().min(1).max(10_000).default(1),
  }),
] as const

/** A fault that stays until it is used up, over or cleared. */
export const lastingFaultSchema = z.discriminatedUnion('kind', [...httpFaults, ...socketFaults])

/** A fault that happens once, at once, to every open connection of the provider. */
const instantFaultSchema = z.discriminatedUnion('kind', [...instantFaults])

/** Everything that `POST /control/faults` takes. */
export const faultSchema = z.discriminatedUnion('kind', [
  ...httpFaults,
  ...socketFaults,
  ...instantFaults,
])

/** A lasting fault as it was asked for, defaults filled in. */
export type LastingFault = z.infer<typeof lastingFaultSchema>
/** An instant fault as it was asked for, defaults filled in. */
export type InstantFault = z.infer<typeof instantFaultSchema>
/** Any fault. */
export type Fault = z.infer<typeof faultSchema>
/** A fault before its defaults are filled in: what a caller writes. */
export type FaultInput = z.input<typeof faultSchema>

/** `POST /control/rate` */
export const rateSchema = z.strictObject({ matchesPerSecond: z.number().min(0).max(100_000) })

/** `POST /control/market/step` */
export const stepSchema = z
  .strictObject({
    matches: z.number().int().min(1).max(10_000).optional(),
    ms: z.number().int().min(1).max(3_600_000).optional(),
    product,
  })
  .refine((step) => (step.matches === undefined) !== (step.ms === undefined), {
    error: 'exactly one of matches and ms is needed',
  })
  .refine((step) => step.product === undefined || step.matches !== undefined, {
    error: 'product goes with matches',
  })

/** What `POST /control/market/step` takes. */
export type Step = z.infer<typeof stepSchema>

/** `POST /control/replay`: at recorded spacing times `speed`, or `framesPerSecond` whatever the times say. */
export const replaySchema = z
  .strictObject({
    file: z.string().min(1),
    speed: z.number().positive().max(10_000).optional(),
    framesPerSecond: z.number().positive().max(100_000).optional(),
    loop: z.boolean().default(false),
  })
  .refine((replay) => replay.speed === undefined || replay.framesPerSecond === undefined, {
    error: 'speed and framesPerSecond exclude each other',
  })

/** What `POST /control/replay` takes, defaults filled in. */
export type ReplayRequest = z.infer<typeof replaySchema>
/** The same before its defaults are filled in. */
export type ReplayInput = z.input<typeof replaySchema>
