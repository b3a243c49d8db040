import { type ChannelName, channelByName, channelsOfRoom } from '@flux/contracts'
import { usePresence } from '../../realtime/use-presence.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useValue } from '../../realtime/use-value.ts'
import { unknown } from '../../ui/format.ts'
import { type Column, DetailRow, DetailTable } from './detail-table.tsx'
import { type Graph, shortService, wholeRoomOf } from './graph.ts'
import { useMeasured } from './measures-context.tsx'
import { replicaWords } from './replica-words.ts'
import { sourceName } from './source-words.ts'
import { useNewestAge } from './use-newest.ts'
import { useOwn } from './use-own.ts'
import { ageOf, formatCount, formatMs, formatRate } from './words.ts'

const sourceColumns: readonly Column[] = [
  { head: 'Provider' },
  { head: 'Service' },
  { head: 'State' },
  { head: 'Answers', numeric: true },
  { head: 'Last answer', numeric: true },
  { head: 'Breaker' },
  { head: 'Leading replica' },
  { head: 'Why' },
]

const SourceRow = ({ id }: { id: string }) => {
  const source = useValue('platform.sources', id)?.value
  const age = useServerTime((now) => ageOf(source?.lastSuccessAt, now))
  if (!source) return null
  const { state, reason, enabledBy } = source
  return (
    <DetailRow
      name={sourceName(id)}
      columns={sourceColumns}
      cells={[
        shortService(source.service),
        source.simulated ? `${state}, simulated` : state,
        formatRate(source.ratePerMinute / 60),
        age,
        source.breaker?.replace('_', ' ') ?? unknown,
        source.replica,
        [reason, enabledBy && `set ${enabledBy}`].filter(Boolean).join('; ') || unknown,
      ]}
    />
  )
}

const topicColumns: readonly Column[] = [
  { head: 'Topic' },
  { head: 'Channel' },
  { head: 'Written by' },
  { head: 'Delivery' },
  { head: 'Partitions', numeric: true },
  { head: 'Appended', numeric: true },
  { head: 'Newest', numeric: true },
  { head: 'Fact to here', numeric: true },
]

const TopicRow = ({ id }: { id: ChannelName }) => {
  const age = useNewestAge(id)
  const rate = useMeasured(({ appended }) => formatRate(appended[id]))
  const late = useMeasured((measured) => formatMs(measured.late[id]))
  const channel = channelByName(id)
  if (!channel) return null
  return (
    <DetailRow
      name={channel.topic}
      columns={topicColumns}
      cells={[
        id,
        shortService(channel.producer),
        channel.delivery,
        channel.partitions,
        wholeRoomOf(channel) === undefined ? 'a room per key' : rate,
        age,
        late,
      ]}
    />
  )
}

const replicaColumns: readonly Column[] = [
  { head: 'Replica' },
  { head: 'State' },
  { head: 'Connections', numeric: true },
  { head: 'Rooms', numeric: true },
  { head: 'Reads', numeric: true },
  { head: 'Sends', numeric: true },
  { head: 'Said', numeric: true },
]

const ReplicaRow = ({ id }: { id: string }) => {
  const stats = useValue('platform.stats', id)?.value
  const own = useOwn(id)
  const age = useServerTime((now) => ageOf(stats?.at, now))
  if (!stats) return null
  return (
    <DetailRow
      name={own ? `${id} (yours)` : id}
      columns={replicaColumns}
      cells={[
        replicaWords(stats),
        formatCount(stats.sockets),
        formatCount(stats.rooms),
        formatRate(stats.recordsPerSecond),
        formatRate(stats.deliveriesPerSecond),
        age,
      ]}
    />
  )
}

const roomColumns: readonly Column[] = [
  { head: 'Room' },
  { head: 'Watching', numeric: true },
  { head: 'Channels' },
]

const RoomRow = ({ room }: { room: string }) => {
  const count = usePresence(room)
  return (
    <DetailRow
      name={room}
      columns={roomColumns}
      cells={[
        count === undefined ? unknown : formatCount(count),
        channelsOfRoom(room)
          .map(({ name }) => name)
          .join(', '),
      ]}
    />
  )
}

/** Everything that is drawn, as tables: for screen readers, and for the details. */
export const Tables = ({ graph: { services, replicas, rooms } }: { graph: Graph }) => (
  <>
    <DetailTable title="Providers" columns={sourceColumns}>
      {services.flatMap(({ sources }) => sources.map((id) => <SourceRow key={id} id={id} />))}
    </DetailTable>
    <DetailTable title="Topics" columns={topicColumns}>
      {services.flatMap(({ channels }) => channels.map((id) => <TopicRow key={id} id={id} />))}
    </DetailTable>
    <DetailTable title="Replicas" columns={replicaColumns}>
      {replicas.map((id) => (
        <ReplicaRow key={id} id={id} />
      ))}
    </DetailTable>
    <DetailTable title="Rooms open here" columns={roomColumns}>
      {rooms.map((room) => (
        <RoomRow key={room} room={room} />
      ))}
    </DetailTable>
  </>
)
