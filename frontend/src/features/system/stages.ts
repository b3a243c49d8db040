/** What is measured of the way from a provider to this screen: medians in milliseconds, `undefined` while unknown. */
export interface Legs {
  /** From the time of a fact to its arrival here, of the feed that says most. */
  readonly fact: { readonly channel: string; readonly ms: number } | undefined
  /** From a canary's being sent by its service to its arrival here. */
  readonly canary: number | undefined
  /** From our replica's telling of its stats to their arrival here. */
  readonly replica: number | undefined
  /** From an arrival to the end of the frame that shows it. */
  readonly paint: number | undefined
}

/** Nothing measured yet. */
export const noLegs: Legs = {
  fact: undefined,
  canary: undefined,
  replica: undefined,
  paint: undefined,
}

/** One stage of the way. */
export interface Stage {
  readonly id: 'provider' | 'kafka' | 'replica' | 'paint'
  readonly label: string
  /** In milliseconds. */
  readonly ms: number | undefined
  /** How the figure came about. */
  readonly how: string
}

/** What is left of a longer way without its end; `undefined` where the clocks do not allow to tell. */
const rest = (whole: number | undefined, end: number | undefined): number | undefined =>
  whole === undefined || end === undefined || whole < end ? undefined : whole - end

/** The stages of the way to this screen, from the provider on. */
export const stagesOf = ({ fact, canary, replica, paint }: Legs): readonly Stage[] => [
  {
    id: 'provider',
    label: 'Provider to service',
    ms: rest(fact?.ms, canary),
    how: `time of a fact${fact ? ` of ${fact.channel}` : ''} to its arrival here, less a canary’s way`,
  },
  {
    id: 'kafka',
    label: 'Service to replica',
    ms: rest(canary, replica),
    how: 'a canary’s way from its service over Kafka to here, less the way from the replica',
  },
  {
    id: 'replica',
    label: 'Replica to browser',
    ms: replica,
    how: 'measured on the stats that our replica tells every two seconds',
  },
  {
    id: 'paint',
    label: 'Arrival to screen',
    ms: paint,
    how: 'measured from a canary’s arrival to the end of the frame that shows it',
  },
]

/** The whole way in milliseconds and where it begins, as far as it is known. */
export const totalOf = ({
  fact,
  canary,
  paint = 0,
}: Legs): { readonly from: 'provider' | 'service'; readonly ms: number } | undefined => {
  if (fact) return { from: 'provider', ms: fact.ms + paint }
  return canary === undefined ? undefined : { from: 'service', ms: canary + paint }
}
