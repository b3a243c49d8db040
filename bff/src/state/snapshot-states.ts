import type { Watermarks } from '@flux/contracts'
import type { ChannelState } from './channel-state.ts'
import { type Snapshot, stateOfSnapshot } from './snapshot.ts'

/** What stands in for the log until that has been read. */
export interface SnapshotStates {
  stateOf(channel: string): ChannelState | undefined
  /** Identity of the log that they come from; `undefined` while there are none. */
  epoch(): string | undefined
  /** Takes the snapshots that belong to one log: the one that is known, else the one written last. Returns their channels. */
  load(snapshots: readonly Snapshot[], known: string | undefined, now: number): readonly string[]
  /** Lets the log stand for these channels, or for all. Returns the states that were served. */
  drop(channels?: readonly string[]): readonly ChannelState[]
}

/** No snapshots yet. */
export const createSnapshotStates = (): SnapshotStates => {
  const states = new Map<string, ChannelState>()
  let epoch: string | undefined
  return {
    stateOf: (channel) => states.get(channel),
    epoch: () => epoch,
    load: (snapshots, known, now) => {
      const newest = snapshots.toSorted((a, b) => b.at - a.at)[0]
      const log = known ?? newest?.epoch
      const own = snapshots.filter((snapshot) => snapshot.epoch === log)
      for (const snapshot of own) states.set(snapshot.channel.name, stateOfSnapshot(snapshot, now))
      if (own.length > 0) epoch = log
      return own.map(({ channel }) => channel.name)
    },
    drop: (channels = [...states.keys()]) => {
      const dropped = channels.flatMap((name) => states.get(name) ?? [])
      for (const name of channels) states.delete(name)
      if (states.size === 0) epoch = undefined
      return dropped
    },
  }
}

/** True when the log ends before what the snapshot had read of it: the data are not those that we knew. */
export const isShorter = (log: Watermarks, snapshot: Watermarks): boolean =>
  Object.entries(snapshot).some(([partition, offset]) => offset > (log[partition] ?? -1))
